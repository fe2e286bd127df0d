namespace Chaperone.Policy.Patterns;

/// <summary>A glob of <c>*</c> and <c>?</c> for whole texts of any length. Warily it also matches texts that look alike.</summary>
internal sealed class TextGlob(string text)
{
    private readonly GlobText _exact = new(text);
    private readonly GlobText _folded = new(Folding.Fold(text));

    /// <summary>As written.</summary>
    public string Text => text;

    /// <summary>Whether the whole of <paramref name="candidate"/> matches; a text that takes too long does when looking warily, else not.</summary>
    public bool Matches(string candidate, bool wary) =>
        (_exact.Matches(candidate) ?? wary) || (wary && (_folded.Matches(Folding.Fold(candidate)) ?? true));
}

namespace Chaperone.Masking.Masks;

/// <summary>
/// What a profile puts in the place of an identifier. Deterministic, and idempotent: the mask of a mask is itself (a date
/// that is shifted in its own shape is the exception: it looks like any other). Thread-safe.
/// </summary>
internal interface IMaskForm
{
    /// <summary>True where masks depend on whose record a value stands in.</summary>
    bool FollowsPeople { get; }

    /// <summary>The mask inside running text.</summary>
    string InText(Identifier identifier, ReadOnlySpan<char> value, MaskScene scene);

    /// <summary>The mask of a whole field (a JSON string, a cell).</summary>
    string InField(Identifier identifier, ReadOnlySpan<char> value, MaskScene scene);

    /// <summary>The mask of a JSON number; a number again.</summary>
    string InNumber(Identifier identifier, ReadOnlySpan<char> value, MaskScene scene);

    /// <summary>Masks in shapes that a schema may ask for, best first; none where a form without information will do.</summary>
    IEnumerable<string> InShape(Identifier identifier, string value);

    /// <summary>True where <paramref name="value"/> is a mask already.</summary>
    bool IsMask(ReadOnlySpan<char> value);
}

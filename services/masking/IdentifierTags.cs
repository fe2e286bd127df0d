namespace Chaperone.Masking;

/// <summary>The word by which an identifier is known in findings and tags.</summary>
internal static class IdentifierTags
{
    private const int LongestTag = 112;

    private static readonly string[] Names =
        [.. Enum.GetValues<Identifier>().Select(i => i.ToString().ToUpperInvariant())];

    private static readonly string[] Tags = [.. Names.Select(n => $"[{n}]")];

    /// <summary>E.g. <c>SSN</c>.</summary>
    public static string Name(this Identifier identifier) => Names[(int)identifier];

    /// <summary>E.g. <c>[SSN]</c>.</summary>
    public static string Tag(this Identifier identifier) => Tags[(int)identifier];

    /// <summary>True where <paramref name="text"/> holds a tag.</summary>
    public static bool Any(ReadOnlySpan<char> text)
    {
        for (var i = text.IndexOf('['); i >= 0 && i < text.Length; i++)
        {
            if (TagLength(text[i..]) > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Length of the tag that starts at the head of <paramref name="text"/>; 0 if none does: <c>[SSN]</c>, <c>[DATE 2021]</c>,
    /// <c>[ZIP 941]</c>, and those of the other profiles, <c>[MRN:key:token]</c>, <c>[DATE:key:2021-03-04]</c>, <c>[NAME:J.S.]</c>.
    /// </summary>
    public static int TagLength(ReadOnlySpan<char> text)
    {
        if (text.Length < 4 || text[0] != '[' || !char.IsAsciiLetterUpper(text[1]))
        {
            return 0;
        }

        var end = text[..Math.Min(text.Length, LongestTag)].IndexOf(']');
        if (end < 0)
        {
            return 0;
        }

        var inner = text[1..end];
        var mark = inner.IndexOfAny(' ', ':');
        var word = mark < 0 ? inner : inner[..mark];
        if (mark >= 0 && !(inner[mark] == ' ' ? IsShown(word, inner[(mark + 1)..]) : Masks.TagParts.Are(word, inner[(mark + 1)..])))
        {
            return 0;
        }

        foreach (var name in Names)
        {
            if (word.SequenceEqual(name))
            {
                return end + 1;
            }
        }

        return 0;
    }

    // A year, or three digits of a ZIP code; no other number may hide in a tag.
    private static bool IsShown(ReadOnlySpan<char> word, ReadOnlySpan<char> digits) =>
        !digits.ContainsAnyExceptInRange('0', '9') && digits.Length == (word is "DATE" ? 4 : word is "ZIP" ? 3 : -1);
}

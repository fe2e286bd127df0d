namespace Chaperone.Recorder.Sealing;

/// <summary>
/// Decides whether a word that a client chose may stand in clear beside a record. Method, tool and server names are chosen
/// by whoever calls, so a refused call could carry an identifier in them (invariant 4); such a word stays in the sealed part only.
/// </summary>
internal static class PlainNames
{
    private const int LongestName = 128;
    private const int LongestPath = 1024;

    // Fewer digits than a telephone number, a record number or a social security number has.
    private const int MostDigits = 6;

    /// <summary><paramref name="word"/> if it looks like a name and like no identifier, else null.</summary>
    public static string? OrNull(string? word)
    {
        if (word is null || word.Length is 0 or > LongestName)
        {
            return null;
        }

        var digits = 0;
        foreach (var c in word)
        {
            if (char.IsAsciiDigit(c))
            {
                digits++;
            }
            else if (!char.IsAsciiLetter(c) && c is not ('_' or '-' or '.' or '/' or ':'))
            {
                return null;
            }
        }

        return digits <= MostDigits ? word : null;
    }

    /// <summary>A path of fields as masking writes it; <c>*</c> where it is none.</summary>
    public static string PathOrStar(string path)
    {
        if (path.Length > LongestPath)
        {
            return "*";
        }

        foreach (var c in path)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('_' or '-' or '.' or '$' or '[' or ']' or '*' or '>'))
            {
                return "*";
            }
        }

        return path;
    }

    /// <summary>The tool or prompt that a call names, or null: a resource URI or task id is never shown in clear.</summary>
    public static string? TargetOrNull(string method, string? target) =>
        method.StartsWith("tools/", StringComparison.Ordinal) || method.StartsWith("prompts/", StringComparison.Ordinal)
            ? OrNull(target)
            : null;
}

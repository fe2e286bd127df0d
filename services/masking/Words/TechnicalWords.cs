using Chaperone.Masking.Detectors;

namespace Chaperone.Masking.Words;

/// <summary>Words that are written as no name is: <c>SpO2</c>, <c>HbA1c</c>, <c>RxNorm</c>, <c>NaCl</c>, <c>L5</c>, <c>FY2024</c>.</summary>
internal static class TechnicalWords
{
    private const int LeastLettersOfName = 4;

    private static readonly WordSet Prefixes = new[] { "Mc", "Mac", "De", "Di", "Du", "Le", "La", "Van", "Von", "Fitz", "Del", "Della", "El", "Al", "St", "Da", "Dos", "O", "D", "L" }.ToWordSet(ignoreCase: false);

    /// <summary>True where every word from <paramref name="start"/> to <paramref name="end"/> is such a word.</summary>
    public static bool Fill(TextScan scan, int start, int end)
    {
        for (var i = scan.WordFrom(start); i < scan.WordCount && scan.Words[i].Start < end; i++)
        {
            if (!Is(scan.WordText(i)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True where a capital follows a small letter and no particle of a name stands before it.</summary>
    public static bool IsCamel(ReadOnlySpan<char> word)
    {
        for (var i = 1; i < word.Length; i++)
        {
            if (char.IsUpper(word[i]) && char.IsLower(word[i - 1]))
            {
                return !Prefixes.Contains(word[..i]);
            }
        }

        return false;
    }

    // "IOptions", "TReply", "OAuth"
    private static bool IsPrefixed(ReadOnlySpan<char> word) =>
        word.Length > 3 && char.IsUpper(word[0]) && char.IsUpper(word[1]) && char.IsLower(word[2]);

    private static bool Is(ReadOnlySpan<char> word)
    {
        var digit = word.IndexOfAnyInRange('0', '9');
        if (digit < 0)
        {
            return IsCamel(word) || CodeSystems.Contains(word) || IsPrefixed(word);
        }

        // "Antonia30" is a name of Synthea's, "J0hn" one in disguise.
        var letters = word.Length - Masks.Shapes.CountDigits(word);
        var numbered = char.IsUpper(word[0]) && letters >= 3 && char.IsLower(word[1]);
        var disguised = letters >= LeastLettersOfName - 1 && word.Length - letters == 1 && word.Length >= LeastLettersOfName && char.IsLower(word[^1]) && !IsCamel(word[..digit]);
        return IsCamel(word) || !(numbered || disguised);
    }
}

using Chaperone.Masking.Keys;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Labels that stand behind their value: <c>4432109 is her MRN</c>, <c>4432109 (MRN)</c>.</summary>
internal static class LabelBehind
{
    private const int MostLabelWords = 4;
    private const int MostDeterminers = 2;

    private static readonly WordSet Links = new[] { "is", "was", "as", "being", "for" }.ToWordSet();

    private static readonly WordSet Determiners = new[] { "her", "his", "their", "the", "my", "our", "your", "its", "a", "an" }.ToWordSet();

    // What follows a label that is a word of a sentence; "account balance" and "policy change" go on with a noun.
    private static readonly WordSet Followers =
        new[] { "and", "on", "for", "in", "with", "from", "at", "which", "that", "but", "or", "of", "to", "as", "per", "number", "no", "id", "here", "please", "so", "not", "today" }.ToWordSet();

    /// <summary>What the label behind word <paramref name="last"/> says; <see cref="KeyRule.Silent"/> without one.</summary>
    public static KeyRule Find(TextScan scan, int last, KeyLexicon lexicon)
    {
        if (!MayFollow(scan, last))
        {
            return KeyRule.Silent;
        }

        return scan.GapAfter(last) is " " or ", " ? Said(scan, last + 1, lexicon) : Bracketed(scan, last + 1, lexicon);
    }

    /// <summary>True where what stands behind word <paramref name="last"/> may be a label of it.</summary>
    public static bool MayFollow(TextScan scan, int last)
    {
        if (last + 1 >= scan.WordCount)
        {
            return false;
        }

        var gap = scan.GapAfter(last);
        return gap is " (" or "(" or " [" || (gap is " " or ", " && Links.Contains(scan.WordText(last + 1)));
    }

    private static KeyRule Bracketed(TextScan scan, int first, KeyLexicon lexicon)
    {
        for (var i = first; i < Math.Min(scan.WordCount, first + MostLabelWords); i++)
        {
            var gap = scan.GapAfter(i);
            if (gap.Length > 0 && gap[0] is ')' or ']')
            {
                // "12000 (charts)" counts them.
                if (scan.Words[i].Length > 4 && scan.WordText(i)[^1] == 's')
                {
                    return KeyRule.Silent;
                }

                return Rule(Look(scan.Text[scan.Words[first].Start..scan.Words[i].End], lexicon));
            }

            if (gap is not (" " or "-" or "'" or "/" or "_" or "."))
            {
                break;
            }
        }

        return KeyRule.Silent;
    }

    private static KeyRule Said(TextScan scan, int link, KeyLexicon lexicon)
    {
        var first = link + 1;
        for (var i = 0; i < MostDeterminers && first < scan.WordCount && scan.GapAfter(first - 1) is " " or "'" && Determiners.Contains(scan.WordText(first)); i++)
        {
            first++;
        }

        // "for" and "as" lead elsewhere unless somebody's label follows.
        if (first == link + 1 && !scan.Is(link, "is") && !scan.Is(link, "was"))
        {
            return KeyRule.Silent;
        }

        for (var last = first; last < Math.Min(scan.WordCount, first + MostLabelWords) && (last == first || scan.GapAfter(last - 1) is " " or "-" or "'" or "/"); last++)
        {
            var rule = Rule(Look(scan.Text[scan.Words[first].Start..scan.Words[last].End], lexicon));
            if (rule.Use == KeyUse.Mask && Ends(scan, last))
            {
                return rule;
            }
        }

        return KeyRule.Silent;
    }

    private static bool Ends(TextScan scan, int last)
    {
        var gap = scan.GapAfter(last);
        return last + 1 >= scan.WordCount || gap is not (" " or "-" or ": " or ":" or "=") || Followers.Contains(scan.WordText(last + 1));
    }

    // Too short for keys, sure enough behind a number.
    private static KeyRule Look(ReadOnlySpan<char> label, KeyLexicon lexicon) => label switch
    {
        "MR" => new KeyRule(KeyUse.Mask, Identifier.Mrn),
        "SS" => new KeyRule(KeyUse.Mask, Identifier.Ssn),
        _ => lexicon.Find(label),
    };

    private static KeyRule Rule(KeyRule rule) =>
        rule.Use == KeyUse.Mask && rule.Identifier is Identifier.Ssn or Identifier.Mrn or Identifier.Plan or Identifier.Account or Identifier.Card or Identifier.License or Identifier.Vehicle or Identifier.Device
            or Identifier.Biometric or Identifier.Id or Identifier.Phone or Identifier.Fax
            ? rule
            : KeyRule.Silent;
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Tagging;

/// <summary>
/// Tags persons, places and organisations in running text: an averaged perceptron over hashed features of a word, its
/// neighbours and the tags before it, read greedily from left to right. Only words that may be names are looked at.
/// Thread-safe.
/// </summary>
internal sealed class NameTagger(NameModel model, int caution = 0)
{
    /// <summary>A word in small letters is looked at from this length on.</summary>
    public const int ShortestSmall = 3;

    /// <summary>The lists that tell of a name where a word is written small.</summary>
    public const NameLists Telling = NameLists.CommonGiven | NameLists.CommonFamily | NameLists.Given | NameLists.Town | NameLists.Region;

    /// <summary>Writes the tag of each unit to <paramref name="tags"/>; false where all are outside.</summary>
    [SkipLocalsInit]
    public bool Tag(TextScan scan, TextUnits units, Span<NameTag> tags)
    {
        Span<uint> features = stackalloc uint[Features.Count];
        var any = false;
        var tag1 = NameTag.Outside;
        var tag2 = NameTag.Outside;
        for (var i = 0; i < units.Count; i++)
        {
            var tag = NameTag.Outside;
            if (IsCandidate(scan, units, i, tag1))
            {
                var context = units.ContextOf(i, tag1, tag2);
                if (!units.TryRecall(i, context, out tag))
                {
                    Fill(features, units, i, tag1, tag2);
                    tag = Best(features, tag1, Continues(scan, units, i));
                    units.Remember(i, context, tag);
                }

                any |= tag != NameTag.Outside;
            }

            tags[i] = tag;
            tag2 = tag1;
            tag1 = tag;
        }

        return any;
    }

    /// <summary>True where a unit may be a name at all.</summary>
    public static bool IsCandidate(TextScan scan, TextUnits units, int unit, NameTag before)
    {
        var index = units.WordOf(unit);
        if (index < 0)
        {
            return false;
        }

        var word = scan.Words[index];
        if (word.IsNumber)
        {
            return false;
        }

        if (before != NameTag.Outside)
        {
            return true;
        }

        if (word.IsCapital)
        {
            // Sentences begin with a capital whatever their first word is.
            return !IsFirst(units.Gap(unit)) || word.IsUpper || (units.ListsOf(unit) & (Telling | NameLists.Family | NameLists.Word)) != NameLists.Word;
        }

        if (word.Length < ShortestSmall || !word.IsAlpha)
        {
            return false;
        }

        var lists = units.ListsOf(unit);
        return (lists & Telling) != 0 && (lists & NameLists.Word) == 0;
    }

    private static bool IsFirst(byte gap) => gap is 1 or 3 or 5;

    /// <summary>True where a unit can belong to the same name as the one before it.</summary>
    public static bool Continues(TextScan scan, TextUnits units, int unit)
    {
        if (unit == 0 || units.WordOf(unit - 1) < 0)
        {
            return false;
        }

        var gap = units.GapBefore(unit);
        return gap is " " or "-" or "'" or ", " or "," or "  " or " - " or "' " or "_" or "+" or "/"
            || (gap is ". " or "." or "., " && scan.Words[units.WordOf(unit - 1)].Length <= 3);
    }

    /// <summary>Writes the features of a unit.</summary>
    public static void Fill(Span<uint> features, TextUnits units, int unit, NameTag tag1, NameTag tag2) =>
        Features.Fill(features, units.HashOf(unit - 2), units[unit - 1], units[unit], units[unit + 1], units.HashOf(unit + 2), units.Gap(unit), units.Gap(unit + 1), tag1, tag2);

    /// <summary>True where <paramref name="tag"/> may stand behind <paramref name="before"/>.</summary>
    public static bool Follows(NameTag before, NameTag tag, bool continues) => tag switch
    {
        NameTag.InPerson => continues && before is NameTag.Person or NameTag.InPerson,
        NameTag.InPlace => continues && before is NameTag.Place or NameTag.InPlace,
        NameTag.InOrganisation => continues && before is NameTag.Organisation or NameTag.InOrganisation,
        _ => true,
    };

    private NameTag Best(ReadOnlySpan<uint> features, NameTag before, bool continues)
    {
        var rows = MemoryMarshal.Cast<short, Vector128<short>>(model.Weights);
        var mask = model.WeightMask;
        var total = Vector256<int>.Zero;
        foreach (var feature in features)
        {
            total += Vector256.WidenLower(rows[(int)(feature & mask)].ToVector256Unsafe());
        }

        Span<int> sums = stackalloc int[NameModel.Row];
        total.CopyTo(sums);
        var best = NameTag.Outside;
        var most = sums[0] + caution;
        for (var tag = 1; tag < (int)NameTag.InOrganisation + 1; tag++)
        {
            var sum = sums[tag];
            if (sum > most && Follows(before, (NameTag)tag, continues))
            {
                best = (NameTag)tag;
                most = sum;
            }
        }

        return best;
    }
}

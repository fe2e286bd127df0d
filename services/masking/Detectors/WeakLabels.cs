using Chaperone.Masking.Keys;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Words that count as often as they name (<c>case 3 of 12</c>, <c>case CV1234567</c>): a label only before what can be no count.</summary>
internal static class WeakLabels
{
    private const int LeastDigits = 4;
    private const int LeastDigitsOfNumber = 7;

    private static readonly KeyRule Any = new(KeyUse.Mask, Identifier.Id);
    private static readonly KeyRule Lot = new(KeyUse.Mask, Identifier.Device);
    private static readonly KeyRule Tag = new(KeyUse.Mask, Identifier.Vehicle);
    private static readonly KeyRule Group = new(KeyUse.Mask, Identifier.Plan);
    private static readonly KeyRule Brand = new(KeyUse.Mask, Identifier.Card);

    /// <summary>The rule of what a record shows: the token whatever it is.</summary>
    public static readonly KeyRule Shown = new(KeyUse.Mask, Identifier.Account);

    private static readonly WordMap<KeyRule> Rules = new(new Dictionary<string, KeyRule>
    {
        ["encounter"] = Any,
        ["enc"] = Any,
        ["visit"] = Any,
        ["claim"] = Any,
        ["case"] = Any,
        ["order"] = Any,
        ["prescription"] = Any,
        ["authorization"] = Any,
        ["auth"] = Any,
        ["ticket"] = Any,
        ["incident"] = Any,
        ["specimen"] = Any,
        ["accession"] = Any,
        ["barcode"] = Any,
        ["report"] = Any,
        ["run"] = Any,
        ["ref"] = Any,
        ["lot"] = Lot,
        ["inmate"] = Any,
        ["tag"] = Tag,
        ["job"] = Any,
        ["event"] = Any,
        ["interpreter"] = Any,
        ["study"] = Any,
        ["worklist"] = Any,
        ["asset"] = Any,
        ["reference"] = Any,
        ["dispatch"] = Any,
        ["sample"] = Any,
        ["referral"] = Any,
        ["requisition"] = Any,
        ["confirmation"] = Any,
        ["booking"] = Any,
        ["invoice"] = Any,
        ["receipt"] = Any,
        ["group"] = Group,
        ["grp"] = Group,
        ["visa"] = Brand,
        ["mastercard"] = Brand,
        ["amex"] = Brand,
        ["discover"] = Brand,
        ["record"] = Shown,
        ["records"] = Shown,
    });

    /// <summary>True for such a word.</summary>
    public static bool Contains(ReadOnlySpan<char> word) => Rules.ContainsKey(word);

    /// <summary>What the word says about the token at <paramref name="index"/>; null where that may be a count.</summary>
    public static KeyRule? Rule(TextScan scan, int label, int index, bool marked)
    {
        if (!Rules.TryGetValue(scan.WordText(label), out var rule))
        {
            return null;
        }

        if (ReferenceEquals(rule, Shown))
        {
            return IsShown(scan, label, index) && IsBare(scan, index) ? Shown : null;
        }

        var digits = Masks.Shapes.CountDigits(scan.WordText(index));
        var coded = scan.Words[index].IsMixed || (index > label + 1 && scan.Words[index - 1].IsUpper && scan.GapAfter(index - 1) is "-");
        if (coded || marked || rule == Group)
        {
            // "S24-10432", "2024-118-B"
            for (var i = index; i + 1 < scan.WordCount && scan.GapAfter(i) is "-" && (scan.Words[i + 1].HasDigit || scan.Words[i + 1].IsUpper); i++)
            {
                digits += Masks.Shapes.CountDigits(scan.WordText(i + 1));
                coded |= !scan.Words[i + 1].IsNumber || (scan.At(scan.Words[index].Start - 1) == '#' || scan.At(scan.Words[index].Start - 2) == '#');
            }
        }

        // "tag 8KLR442", and no release's.
        if (rule == Tag)
        {
            return LabelValue.IsPlate(scan, index) ? Tag : null;
        }

        // Of what was given or put in: they are printed in capitals.
        if (rule == Lot && scan.WordText(index).ContainsAnyInRange('a', 'z'))
        {
            return null;
        }

        if (rule == Brand)
        {
            return marked && digits == LeastDigits && scan.Words[index].IsNumber ? rule : null;
        }

        // "Claim 24-118-77120"
        for (var i = index; !coded && !marked && rule == Any && i + 1 < scan.WordCount && i < index + 3 && scan.GapAfter(i) is "-" && scan.Words[i + 1].IsNumber; i++)
        {
            digits += scan.Words[i + 1].Length;
        }

        return coded ? digits >= LeastDigits ? rule : null : digits >= (rule != Group ? LeastDigitsOfNumber : scan.Words[label].IsCapital ? LeastDigits + 1 : LeastDigits + 2) ? rule : null;
    }

    // "Record shows 12345678."
    private static bool IsShown(TextScan scan, int label, int index) =>
        (scan.Is(label + 1, "shows") || scan.Is(label + 1, "show")) && index - label <= 3;

    // A token of five digits, or of letters and two, before a mark or the end.
    private static bool IsBare(TextScan scan, int index)
    {
        var digits = Masks.Shapes.CountDigits(scan.WordText(index));
        var spelt = scan.Words[index].IsMixed ? digits >= 2 : digits >= 5 || (digits >= 3 && scan.Words[index - 1].IsUpper && scan.Words[index - 1].Length is 2 or 3);
        return spelt && (scan.GapAfter(index) is ['.', ' ', ..] or "." or [',', ..] or [';', ..] or ['\n', ..] or ['\r', ..] or "");
    }
}

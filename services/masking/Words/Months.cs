using System.Collections.Frozen;

namespace Chaperone.Masking.Words;

/// <summary>Names of months.</summary>
internal static class Months
{
    private static readonly FrozenDictionary<string, int> Names = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase)
    {
#pragma warning disable format // A table reads better with several pairs a line.
        ["january"] = 1, ["jan"] = 1, ["february"] = 2, ["feb"] = 2, ["march"] = 3, ["mar"] = 3, ["april"] = 4, ["apr"] = 4, ["may"] = 5,
        ["june"] = 6, ["jun"] = 6, ["july"] = 7, ["jul"] = 7, ["august"] = 8, ["aug"] = 8, ["september"] = 9, ["sep"] = 9, ["sept"] = 9,
        ["october"] = 10, ["oct"] = 10, ["november"] = 11, ["nov"] = 11, ["december"] = 12, ["dec"] = 12,
#pragma warning restore format
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Lookup = Names.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>1 to 12, or 0 if <paramref name="word"/> names no month.</summary>
    public static int Number(ReadOnlySpan<char> word) =>
        word.Length is >= 3 and <= 9 && Lookup.TryGetValue(word, out var month) ? month : 0;

    /// <summary>True for words that are also common verbs or nouns when they are written small.</summary>
    public static bool IsAmbiguous(ReadOnlySpan<char> word) =>
        word is "may" or "march" or "mar" or "sep" or "dec" or "jan" or "jun" or "MAR" or "SEP" or "DEC";
}

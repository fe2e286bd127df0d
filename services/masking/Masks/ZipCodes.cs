using System.Collections.Frozen;

namespace Chaperone.Masking.Masks;

/// <summary>The ZIP rule of 45 CFR 164.514(b)(2)(i)(B): three digits stay where they cover more than 20,000 people.</summary>
internal static class ZipCodes
{
    // The HHS list of the 2000 census together with what the 2020 census tables give.
    private static readonly FrozenSet<string> Small = new[]
    {
        "036", "059", "063", "102", "202", "203", "204", "205", "369", "556", "690", "692", "753", "772", "790", "821", "823", "830", "831",
        "878", "879", "884", "890", "893",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Small.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The first three digits, or <c>000</c> where they would point to few people.</summary>
    public static string Prefix(ReadOnlySpan<char> zip) =>
        zip.Length < 3 || zip[..3].ContainsAnyExceptInRange('0', '9') || Lookup.Contains(zip[..3]) ? "000" : zip[..3].ToString();
}

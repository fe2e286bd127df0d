namespace Chaperone.Masking.Masks;

/// <summary>One string for a mask that stands in every row: zeros in a shape, the first of January of a year. Only masks that tell nothing of a person may be kept here. Thread-safe.</summary>
internal static class SharedMasks
{
    private const int Longest = 32;
    private const int Slots = 512;

    // A slot is written whole: a race costs a string, no more.
    private static readonly string?[] Kept = new string?[Slots];

    public static string Of(ReadOnlySpan<char> mask)
    {
        if (mask.Length > Longest)
        {
            return mask.ToString();
        }

        ref var slot = ref Kept[(uint)string.GetHashCode(mask) % Slots];
        var kept = slot;
        return kept is not null && mask.SequenceEqual(kept) ? kept : slot = mask.ToString();
    }
}

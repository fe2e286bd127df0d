using Chaperone.Contracts;

namespace Chaperone.Masking;

/// <summary>Counts findings by type.</summary>
internal sealed class FindingTally
{
    private static readonly int Types = Enum.GetValues<Identifier>().Length;

    private readonly int[] _counts = new int[Types];

    public void Add(Identifier identifier) => _counts[(int)identifier]++;

    public void Clear() => Array.Clear(_counts);

    /// <summary>Total of all types.</summary>
    public int Total => _counts.Sum();

    public MaskFinding[] ToFindings() =>
    [
        .. _counts
            .Select((count, index) => (Type: ((Identifier)index).Name(), count))
            .Where(f => f.count > 0)
            .OrderBy(f => f.Type, StringComparer.Ordinal)
            .Select(f => new MaskFinding { Type = f.Type, Count = f.count }),
    ];
}

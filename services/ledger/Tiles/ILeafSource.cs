namespace Chaperone.Ledger;

/// <summary>The leaves as the sequencer committed them, by index: the source that tiles are derived from.</summary>
public interface ILeafSource
{
    /// <summary>Leaf bytes <paramref name="first"/> to <paramref name="first"/> + <paramref name="count"/> - 1 in order; fewer only if the source does not have them. <paramref name="count"/> is 1 to 256.</summary>
    ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> ReadAsync(long first, int count, CancellationToken cancellationToken);
}

using Chaperone.Ledger;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Sequencing;

/// <summary>
/// Adds one record from a process that is no recorder (the command), beside recorders that may run: the head is swapped as between
/// recorders, so one of the two begins again. Tiles and checkpoint are the recorder's; it publishes the record with its next ones.
/// </summary>
internal static class LoneAppend
{
    private const int MostAttempts = 10;

    /// <summary>Returns the record's leaf index once it is committed.</summary>
    /// <exception cref="InvalidDataException">The tree head contradicts itself.</exception>
    /// <exception cref="HeadMovedException">Others were first each time.</exception>
    public static async ValueTask<long> AddAsync(ILedgerStore store, SealedRecord record, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var append = await store.BeginAppendAsync(cancellationToken);
                var range = CompactRange.FromBytes(append.Head.Range);
                if (range.Head != append.Head.Tree)
                {
                    throw new InvalidDataException($"The tree head of {store.Name} contradicts itself: its hashes do not give its root.");
                }

                range.Append(record.LeafHash);
                await append.CommitAsync(append.Head with { Size = append.Head.Size + 1, Root = range.Root(), Range = range.ToBytes() }, [record], cancellationToken);
                return append.Head.Size;
            }
            catch (HeadMovedException) when (attempt < MostAttempts)
            {
                // Another recorder was first.
            }
        }
    }
}

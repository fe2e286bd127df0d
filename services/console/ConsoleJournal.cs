using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.Console;

/// <summary>What people do in the console, recorded before it happens (invariant 1). Notes are PHI-free.</summary>
internal sealed class ConsoleJournal(IJournal journal, TimeProvider time)
{
    /// <exception cref="RoomAwayException">Not durable; do not serve.</exception>
    public async Task WriteAsync(RecordKind kind, Principal? actor, string note, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var entry = new RecordEntry
        {
            EventId = Guid.CreateVersion7(now),
            Kind = kind,
            OccurredAt = now,
            Source = "console",
            Actor = actor,
            Note = note,
        };
        try
        {
            await journal.WriteAsync(entry, cancellationToken);
        }
        catch (BusUnavailableException e)
        {
            throw new RoomAwayException("recorder", "What people see here is recorded first, and the record could not be kept, so nothing is shown. Try again in a moment.", e);
        }
    }
}

using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.Approval.Tests.Desk;

/// <summary>A journal in memory that keeps each event id once, in order of arrival, and can be taken down.</summary>
internal sealed class MemoryJournal : IJournal
{
    private readonly Lock _gate = new();
    private readonly List<RecordEntry> _entries = [];

    /// <summary>When true nothing is kept and writers are told so.</summary>
    public bool Down { get; set; }

    /// <summary>When true the record is kept, but the writer is told that it is not known.</summary>
    public bool KeepsButTimesOut { get; set; }

    public IReadOnlyList<RecordEntry> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    /// <summary>Steps of one request, in order.</summary>
    public IReadOnlyList<string> Steps(string approvalId) =>
        [.. Entries.Where(e => e.Approval!.ApprovalId == approvalId).Select(e => e.Approval!.Step)];

    public ValueTask WriteAsync(RecordEntry entry, CancellationToken cancellationToken)
    {
        if (Down)
        {
            throw new BusUnavailableException("The journal is down.");
        }

        lock (_gate)
        {
            if (!_entries.Exists(e => e.EventId == entry.EventId))
            {
                _entries.Add(entry);
            }
        }

        return KeepsButTimesOut ? throw new BusUnavailableException("The journal did not say.") : ValueTask.CompletedTask;
    }
}

using System.Collections.Concurrent;
using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.Approval.Tests.Desk;

/// <summary>What the edges would have heard, with the ledger's length at that moment.</summary>
internal sealed class HeardNews(MemoryJournal journal) : IAnnounce<ApprovalDecided>
{
    private readonly ConcurrentQueue<(ApprovalDecided News, int Recorded)> _heard = new();
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool Down { get; set; }

    public IReadOnlyList<(ApprovalDecided News, int Recorded)> Heard => [.. _heard];

    /// <summary>Ends when anything was heard.</summary>
    public Task First => _first.Task;

    public ValueTask AnnounceAsync(ApprovalDecided news, CancellationToken cancellationToken)
    {
        if (Down)
        {
            throw new BusUnavailableException("The bus is down.");
        }

        _heard.Enqueue((news, journal.Entries.Count));
        _first.TrySetResult();
        return ValueTask.CompletedTask;
    }
}

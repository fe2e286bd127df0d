using Chaperone.Approval.Store;
using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.Approval;

/// <summary>
/// Tells the journal, then the edges, what was decided. A step and its record are one commit, so a crash at any point
/// leaves rows here, and whoever comes next tells them: the same event id again, which the journal keeps once. Nobody is
/// answered before <see cref="SettleAsync"/> has returned, so what anybody was told is in the ledger.
/// </summary>
internal sealed partial class StepOutbox(OutboxStore store, IJournal journal, IAnnounce<ApprovalDecided> announce, ILogger<StepOutbox> logger)
{
    /// <summary>Returns when every step of request <paramref name="number"/> is durable. Its announcements follow; one that fails stays for the sweep.</summary>
    /// <exception cref="BusUnavailableException">A step is not known to be durable.</exception>
    public async Task SettleAsync(long number, CancellationToken cancellationToken)
    {
        var rows = await store.ReadAsync(number, cancellationToken);
        var told = new List<OutboxRow>(rows.Count);
        foreach (var row in rows.Where(r => r.Kind == OutboxRow.Record))
        {
            await journal.WriteAsync(store.OpenRecord(row), cancellationToken);
            told.Add(row);
        }

        foreach (var row in rows.Where(r => r.Kind == OutboxRow.Announcement))
        {
            try
            {
                await announce.AnnounceAsync(store.OpenAnnouncement(row), cancellationToken);
                told.Add(row);
            }
            catch (BusUnavailableException e)
            {
                Log.NotAnnounced(logger, ApprovalNumber.Format(number), e);
            }
        }

        await store.RemoveAsync(told, cancellationToken);
    }

    /// <summary>Settles every request that has something left to tell.</summary>
    /// <exception cref="BusUnavailableException">The journal is away; the rest stays.</exception>
    public async Task SettleAllAsync(CancellationToken cancellationToken)
    {
        foreach (var number in await store.ReadNumbersAsync(cancellationToken))
        {
            await SettleAsync(number, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Warning, "{ApprovalId}: the edges could not be told yet; it is tried again")]
        public static partial void NotAnnounced(ILogger logger, string approvalId, Exception exception);
    }
}

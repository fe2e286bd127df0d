using Chaperone.Recorder.Numbering;
using Chaperone.Recorder.Search;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Sequencing;

/// <summary>Follows the ledger as it grows: the search first, then the gaps. What fails is tried again; the ledger does not wait for it.</summary>
internal sealed partial class LedgerFollower(
    LedgerOpening opening, ILedgerStore store, ISearchStore search, Projector projector, RecentRecords recent, GapFinder gaps, RecorderLead lead, LedgerGrowth growth, TimeProvider time, ILogger<LedgerFollower> logger)
    : BackgroundService
{
    // Gaps become due without any growth, so the ledger is looked at this often at least.
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    // One round costs as much as some calls do, however few records it finds: gather what comes close together.
    private static readonly TimeSpan GatherFor = TimeSpan.FromMilliseconds(100);

    // Owned by the loop: said once, not once a second.
    private bool _failing;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var size = await TryFollowAsync(stoppingToken);
            await growth.WaitBeyondAsync(size, LookEvery, stoppingToken);
            await Task.Delay(GatherFor, time, stoppingToken);
        }
    }

    private async ValueTask<long> TryFollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            await opening.EnsureOpenAsync(cancellationToken);
            var size = (await store.ReadHeadAsync(cancellationToken)).Size;
            await search.OpenAsync(cancellationToken);
            lead.IsHeld = await search.TryLeadAsync(cancellationToken);
            if (lead.IsHeld)
            {
                while (await projector.StepAsync(cancellationToken))
                {
                }

                await gaps.StepAsync(cancellationToken);
            }
            else
            {
                recent.Forget();
                gaps.Forget();
            }

            if (_failing)
            {
                _failing = false;
                Log.Recovered(logger);
            }

            return size;
        }

        // The follower is no barrier: whatever is wrong with it, records are kept on, and it tries again.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            lead.IsHeld = false;
            gaps.Forget();
            if (!_failing && e is not RecordsNotKeptException)
            {
                Log.Failed(logger, e);
            }

            _failing = true;
            await Task.Delay(LookEvery, time, cancellationToken);
            return long.MaxValue;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(6032, LogLevel.Error, "Search and gap detection do not follow the ledger; they try again.")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(6033, LogLevel.Information, "Search and gap detection follow the ledger again.")]
        public static partial void Recovered(ILogger logger);
    }
}

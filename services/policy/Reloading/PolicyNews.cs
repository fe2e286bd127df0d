using System.Text.Json;
using System.Threading.Channels;
using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Policy.Documents;
using Chaperone.Policy.Versions;

namespace Chaperone.Policy.Reloading;

/// <summary>Records every version of the policy that came into force or was rejected. Waits for the recorder as long as it takes: a policy must not hang on it, and no version may go missing.</summary>
internal sealed partial class PolicyNews(IJournal journal, TimeProvider time, ILogger<PolicyNews> logger) : BackgroundService
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    // One entry for each change of the file: people change policies, so it stays small.
    private readonly Channel<RecordEntry> _waiting = Channel.CreateUnbounded<RecordEntry>(new UnboundedChannelOptions { SingleReader = true });

    public void Accepted(PolicyDocument document, PolicyVersion version) => Tell(new
    {
        policy = "accepted",
        digest = document.Digest,
        rules = document.Rules.Count,
        file = document.File,
        previous = version.Previous,
        signers = version.Signers,
        added = version.Changes.Added,
        removed = version.Changes.Removed,
        changed = version.Changes.Changed,
    });

    /// <summary><paramref name="mark"/> is the digest of the rejected content, or what kept it from being read.</summary>
    public void Rejected(PolicyDocument inForce, string mark, int problems) =>
        Tell(new { policy = "rejected", digest = mark, problems, file = inForce.File, inForce = inForce.Digest });

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var entry in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            await WriteAsync(entry, stoppingToken);
        }
    }

    private void Tell(object note) => _waiting.Writer.TryWrite(new RecordEntry
    {
        EventId = Guid.CreateVersion7(time.GetUtcNow()),
        Kind = RecordKind.Configuration,
        OccurredAt = time.GetUtcNow(),
        Source = "policy",
        Note = JsonSerializer.Serialize(note),
    });

    private async Task WriteAsync(RecordEntry entry, CancellationToken cancellationToken)
    {
        for (var wait = FirstWait; ; wait = wait * 2 < LongestWait ? wait * 2 : LongestWait)
        {
            try
            {
                await journal.WriteAsync(entry, cancellationToken);
                return;
            }
            catch (BusUnavailableException e)
            {
                Log.NotRecorded(logger, wait.TotalSeconds, e.Message);
            }

            await Task.Delay(wait, time, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(2010, LogLevel.Warning, "A change of the policy is not recorded yet, next try in {Seconds} s: {Problem}")]
        public static partial void NotRecorded(ILogger logger, double seconds, string problem);
    }
}

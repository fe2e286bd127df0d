using Chaperone.Approval.Store;
using Chaperone.Contracts;
using Hangfire;
using Hangfire.Storage;

namespace Chaperone.Approval.Jobs;

/// <summary>Says how the jobs stand and what the store says is still to do.</summary>
internal sealed class JobBoard(IApprovalDatabase database, StoreSchema schema)
{
    private const int MostFailed = 20;
    private const string Due =
        """
        SELECT 'notice' AS Kind, notifier AS Channel, COUNT(*) AS Count, MIN(due_at) AS DueAt, MAX(attempts) AS Attempts FROM approval_notice WHERE done = 0 GROUP BY notifier
        UNION ALL
        SELECT 'card', chat, COUNT(*), MIN(due_at), MAX(attempts) FROM approval_card WHERE shown < wanted GROUP BY chat
        UNION ALL
        SELECT 'click', NULL, COUNT(*), MIN(due_at), MAX(attempts) FROM approval_click WHERE done = 0 HAVING COUNT(*) > 0
        UNION ALL
        SELECT 'record', NULL, COUNT(*), NULL, 0 FROM approval_outbox HAVING COUNT(*) > 0
        ORDER BY 1, 2
        """;

    private volatile JobStorage? _storage;

    public void Connect(JobStorage storage) => _storage = storage;

    public async Task<JobsReport> ReadAsync(CancellationToken cancellationToken)
    {
        await schema.EnsureAsync(cancellationToken);
        var due = await database.ReadAsync(session => session.ListAsync<DueRow>(Due), cancellationToken);
        var report = new JobsReport
        {
            Workers = [],
            Repeating = [],
            Failed = [],
            Scheduled = 0,
            Waiting = 0,
            Running = 0,
            Done = 0,
            Due = [.. due.Select(d => new DueWork { Kind = d.Kind, Channel = d.Channel, Count = d.Count, DueAt = d.DueAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null, Attempts = d.Attempts })],
        };
        return _storage is { } storage ? Add(storage, report) : report;
    }

    private static JobsReport Add(JobStorage storage, JobsReport report)
    {
        var monitor = storage.GetMonitoringApi();
        var counts = monitor.GetStatistics();
        using var connection = storage.GetConnection();
        return report with
        {
            Scheduled = counts.Scheduled,
            Waiting = counts.Enqueued,
            Running = counts.Processing,
            Done = counts.Succeeded,
            Workers = [.. monitor.Servers().OrderBy(s => s.Name, StringComparer.Ordinal).Select(s => new JobWorker { Name = s.Name, StartedAt = Utc(s.StartedAt), SeenAt = Utc(s.Heartbeat) })],
            Repeating = [.. connection.GetRecurringJobs().OrderBy(j => j.Id, StringComparer.Ordinal).Select(j => new RepeatingJob { Name = j.Id, Cron = j.Cron, LastAt = Utc(j.LastExecution), NextAt = Utc(j.NextExecution), LastState = j.LastJobState })],
            Failed = [.. monitor.FailedJobs(0, MostFailed).Select(f => new FailedJob { Name = f.Value.Job is { } job ? $"{job.Type.Name}.{job.Method.Name}" : "a job of another version", FailedAt = Utc(f.Value.FailedAt), Error = f.Value.ExceptionType })],
        };
    }

    private static DateTimeOffset Utc(DateTime at) => new(DateTime.SpecifyKind(at, DateTimeKind.Utc));

    private static DateTimeOffset? Utc(DateTime? at) => at is { } known ? Utc(known) : null;

    private sealed class DueRow
    {
        public required string Kind { get; init; }

        public string? Channel { get; init; }

        public required long Count { get; init; }

        public long? DueAt { get; init; }

        public required long Attempts { get; init; }
    }
}

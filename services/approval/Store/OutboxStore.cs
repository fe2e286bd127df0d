using Chaperone.Contracts;

namespace Chaperone.Approval.Store;

/// <summary>What has to be recorded and announced, committed with the change it tells of; rows of one request are in the order of its steps.</summary>
internal sealed class OutboxStore(IApprovalDatabase database, StoreSchema schema, CaseCodec codec)
{
    private const string Columns = "id AS Id, number AS Number, kind AS Kind, event_id AS EventId, body AS Body";

    public Task AddRecordAsync(DbSession session, long number, RecordEntry entry) =>
        AddAsync(session, number, OutboxRow.Record, entry.EventId, codec.Body(entry, entry.EventId));

    public Task AddAnnouncementAsync(DbSession session, ApprovalCase about, DateTimeOffset now)
    {
        var eventId = Guid.CreateVersion7(now);
        var news = new ApprovalDecided { Status = about.StatusAt(now), BindingDigest = about.BindingDigest };
        return AddAsync(session, about.Number, OutboxRow.Announcement, eventId, codec.Body(news, eventId));
    }

    /// <summary>What request <paramref name="number"/> still has to tell, oldest first.</summary>
    public async Task<IReadOnlyList<OutboxRow>> ReadAsync(long number, CancellationToken cancellationToken)
    {
        await schema.EnsureAsync(cancellationToken);
        return await database.ReadAsync(
            session => session.ListAsync<OutboxRow>($"SELECT {Columns} FROM approval_outbox WHERE number = @number ORDER BY id", new { number }),
            cancellationToken);
    }

    /// <summary>Requests that still have something to tell, oldest first, at most 1,000.</summary>
    public async Task<IReadOnlyList<long>> ReadNumbersAsync(CancellationToken cancellationToken)
    {
        await schema.EnsureAsync(cancellationToken);
        return await database.ReadAsync(
            session => session.ListAsync<long>("SELECT number FROM approval_outbox GROUP BY number ORDER BY MIN(id) LIMIT 1000"),
            cancellationToken);
    }

    /// <summary>Forgets what has been told.</summary>
    public Task RemoveAsync(IReadOnlyCollection<OutboxRow> rows, CancellationToken cancellationToken) => rows.Count == 0
        ? Task.CompletedTask
        : database.WriteAsync(
            async session =>
            {
                foreach (var row in rows)
                {
                    await session.ExecuteAsync("DELETE FROM approval_outbox WHERE id = @Id", new { row.Id });
                }

                return true;
            },
            cancellationToken);

    public RecordEntry OpenRecord(OutboxRow row) => codec.OpenBody<RecordEntry>(row.Body, row.EventId);

    public ApprovalDecided OpenAnnouncement(OutboxRow row) => codec.OpenBody<ApprovalDecided>(row.Body, row.EventId);

    private static Task<int> AddAsync(DbSession session, long number, long kind, Guid eventId, byte[] body) => session.ExecuteAsync(
        "INSERT INTO approval_outbox (number, kind, event_id, body) VALUES (@number, @kind, @EventId, @body)",
        new { number, kind, EventId = CaseCodec.Key(eventId), body });
}

using Chaperone.Approval.Notices;

namespace Chaperone.Approval.Store;

/// <summary>Cards to be sent, one per request, channel and occasion; kept until sent or given up.</summary>
internal sealed class NoticeStore(IApprovalDatabase database, StoreSchema schema, IEnumerable<INotifier> notifiers)
{
    private const long Waiting = 0;
    private const long Sent = 1;
    private const long GivenUp = 2;

    private readonly INotifier[] _notifiers = [.. notifiers];

    public async Task AddAsync(DbSession session, long number, NoticeOccasion occasion, DateTimeOffset now)
    {
        foreach (var name in _notifiers.Where(n => occasion == NoticeOccasion.Asked || n.TellsEnd).Select(n => n.Name))
        {
            await session.ExecuteAsync(
                """
                INSERT INTO approval_notice (number, notifier, occasion, attempts, due_at, done)
                VALUES (@number, @name, @Occasion, 0, @DueAt, @Waiting) ON CONFLICT DO NOTHING
                """,
                new { number, name, Occasion = (long)occasion, DueAt = CaseCodec.Millis(now), Waiting });
        }
    }

    /// <summary>Takes the cards that are due (of one request, or of all) until <paramref name="leaseEnd"/>: no other worker sends them meanwhile, and they come back if this one dies. At most 100.</summary>
    public async Task<IReadOnlyList<NoticeRow>> LeaseAsync(long? number, DateTimeOffset now, DateTimeOffset leaseEnd, CancellationToken cancellationToken)
    {
        await schema.EnsureAsync(cancellationToken);
        return await database.WriteAsync(
            async session =>
            {
                var rows = await session.ListAsync<NoticeRow>(
                    "SELECT id AS Id, number AS Number, notifier AS Notifier, occasion AS Occasion, attempts AS Attempts FROM approval_notice "
                    + "WHERE done = @Waiting AND due_at <= @Now" + (number is null ? "" : " AND number = @number")
                    + " ORDER BY id LIMIT 100" + database.LockClause,
                    new { Waiting, Now = CaseCodec.Millis(now), number });
                foreach (var row in rows)
                {
                    row.Attempts++;
                    await session.ExecuteAsync(
                        "UPDATE approval_notice SET due_at = @LeaseEnd, attempts = @Attempts WHERE id = @Id",
                        new { LeaseEnd = CaseCodec.Millis(leaseEnd), row.Attempts, row.Id });
                }

                return rows;
            },
            cancellationToken);
    }

    public Task SentAsync(NoticeRow row, CancellationToken cancellationToken) => CloseAsync(row, Sent, cancellationToken);

    public Task GiveUpAsync(NoticeRow row, CancellationToken cancellationToken) => CloseAsync(row, GivenUp, cancellationToken);

    public Task TryLaterAsync(NoticeRow row, DateTimeOffset dueAt, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.ExecuteAsync(
            "UPDATE approval_notice SET due_at = @DueAt WHERE id = @Id AND done = @Waiting",
            new { DueAt = CaseCodec.Millis(dueAt), row.Id, Waiting }),
        cancellationToken);

    private Task<int> CloseAsync(NoticeRow row, long done, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.ExecuteAsync("UPDATE approval_notice SET done = @done WHERE id = @Id", new { done, row.Id }),
        cancellationToken);
}

using Chaperone.Approval.Notices;

namespace Chaperone.Approval.Store;

/// <summary>Cards to be sent, one per request, channel and occasion; kept until sent or given up.</summary>
internal sealed class NoticeStore(IApprovalDatabase database, StoreSchema schema, IEnumerable<INotifier> notifiers)
{
    private const long Waiting = 0;
    private const long Sent = 1;
    private const long GivenUp = 2;

    private readonly INotifier[] _notifiers = [.. notifiers];

    /// <summary>A new request: people are told now, and again as policy says.</summary>
    public async Task AddAsync(DbSession session, ApprovalCase opened, DateTimeOffset now)
    {
        await AddAsync(session, opened.Number, NoticeOccasion.Asked, now);
        if (opened.Requirement.RemindEvery is { } pause)
        {
            await AddAsync(session, opened.Number, NoticeOccasion.Reminded, now + pause);
        }

        if (opened.Requirement.Escalation is { } escalation)
        {
            await AddAsync(session, opened.Number, NoticeOccasion.Escalated, now + escalation.After);
        }
    }

    /// <summary>A request is over: people are told so, and not reminded any more.</summary>
    public async Task CloseAsync(DbSession session, long number, DateTimeOffset now)
    {
        await session.ExecuteAsync(
            "UPDATE approval_notice SET done = @GivenUp WHERE number = @number AND done = @Waiting AND occasion IN (2, 3)",
            new { number, GivenUp, Waiting });
        await AddAsync(session, number, NoticeOccasion.Closed, now);
    }

    private async Task AddAsync(DbSession session, long number, NoticeOccasion occasion, DateTimeOffset now)
    {
        foreach (var name in _notifiers.Where(n => n.Tells(occasion)).Select(n => n.Name))
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

    /// <summary>The same reminder, once more.</summary>
    public Task AgainAsync(NoticeRow row, DateTimeOffset dueAt, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.ExecuteAsync(
            "UPDATE approval_notice SET due_at = @DueAt, attempts = 0 WHERE id = @Id AND done = @Waiting",
            new { DueAt = CaseCodec.Millis(dueAt), row.Id, Waiting }),
        cancellationToken);

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

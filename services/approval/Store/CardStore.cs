using Chaperone.Approval.Cards;

namespace Chaperone.Approval.Store;

/// <summary>
/// The cards that show requests in a chat: where each was posted, and whether it shows the request as it is now. A change of a
/// request and the wish to show it are one commit; a card that is behind is due. One worker holds a card at a time (lease), so
/// that an older state never overwrites a newer one.
/// </summary>
internal sealed class CardStore(IApprovalDatabase database, StoreSchema schema, IEnumerable<ICardPlaces> places)
{
    private const string Columns =
        "id AS Id, number AS Number, place AS Place, channel AS Channel, message AS Message, tried AS Tried, wanted AS Wanted, attempts AS Attempts, leased_until AS LeasedUntil";

    private const string Mine = " WHERE id = @Id AND leased_until = @LeasedUntil";

    private readonly ICardPlaces[] _places = [.. places];

    /// <summary>A new request wants a card in each of its places.</summary>
    public async Task AddAsync(DbSession session, ApprovalCase about, DateTimeOffset now)
    {
        foreach (var (chat, place) in _places.SelectMany(p => p.For(about).Select(place => (p.Chat, place))))
        {
            await AddAsync(session, about.Number, chat, place, now);
        }
    }

    /// <summary>A request wants a card in further places, and its cards have to say so.</summary>
    public Task EscalateAsync(long number, string chat, string[] further, DateTimeOffset now, CancellationToken cancellationToken) => database.WriteAsync(
        async session =>
        {
            await session.ExecuteAsync($"SELECT number FROM approval_case WHERE number = @number{database.LockClause}", new { number });
            await ChangedAsync(session, number, now);
            foreach (var place in further)
            {
                await AddAsync(session, number, chat, place, now);
            }

            return true;
        },
        cancellationToken);

    /// <summary>Channel and time stamp of each card of a request that is out.</summary>
    public Task<IReadOnlyList<(string Channel, string Message)>> PostedOfAsync(long number, string chat, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<(string, string)>>(
            async session =>
            {
                var rows = await session.ListAsync<CardRow>(
                    $"SELECT {Columns} FROM approval_card WHERE number = @number AND chat = @chat AND message IS NOT NULL ORDER BY id", new { number, chat });
                return [.. rows.Select(r => (r.Channel!, r.Message!))];
            },
            cancellationToken);

    private static Task<int> AddAsync(DbSession session, long number, string chat, string place, DateTimeOffset now) => session.ExecuteAsync(
        """
        INSERT INTO approval_card (number, chat, place, tried, wanted, shown, attempts, due_at, leased_until)
        VALUES (@number, @chat, @place, 0, 1, 0, 0, @Now, 0) ON CONFLICT DO NOTHING
        """,
        new { number, chat, place, Now = CaseCodec.Millis(now) });

    /// <summary>A request changed: its cards are behind.</summary>
    public static Task<int> ChangedAsync(DbSession session, long number, DateTimeOffset now) => session.ExecuteAsync(
        "UPDATE approval_card SET wanted = wanted + 1, attempts = 0, due_at = @Now WHERE number = @number",
        new { number, Now = CaseCodec.Millis(now) });

    /// <summary>Takes cards of a chat that are behind (of one request, or of all), at most 3, until <paramref name="leaseEnd"/>; they come back if this worker dies.</summary>
    public async Task<IReadOnlyList<CardRow>> LeaseAsync(string chat, long? number, DateTimeOffset now, DateTimeOffset leaseEnd, CancellationToken cancellationToken)
    {
        await schema.EnsureAsync(cancellationToken);
        return await database.WriteAsync(
            async session =>
            {
                var rows = await session.ListAsync<CardRow>(
                    $"SELECT {Columns} FROM approval_card WHERE chat = @chat AND shown < wanted AND due_at <= @Now AND leased_until <= @Now"
                    + (number is null ? "" : " AND number = @number") + " ORDER BY due_at, id LIMIT 3" + database.LockClause,
                    new { chat, Now = CaseCodec.Millis(now), number });
                foreach (var row in rows)
                {
                    row.Attempts++;
                    row.LeasedUntil = CaseCodec.Millis(leaseEnd);

                    // Written before anything is posted: whoever comes after a crash looks whether it was.
                    await session.ExecuteAsync(
                        "UPDATE approval_card SET leased_until = @LeasedUntil, attempts = @Attempts, tried = 1 WHERE id = @Id",
                        new { row.LeasedUntil, row.Attempts, row.Id });
                }

                return rows;
            },
            cancellationToken);
    }

    /// <summary>The card is posted; false if the lease was lost meanwhile.</summary>
    public static async Task<bool> PostedAsync(DbSession session, CardRow row, string channel, string message) => await session.ExecuteAsync(
        "UPDATE approval_card SET channel = @channel, message = @message" + Mine,
        new { channel, message, row.Id, row.LeasedUntil }) == 1;

    /// <summary>The card shows what it had to show, or needs no showing; it is free again.</summary>
    public Task ShownAsync(CardRow row, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.ExecuteAsync(
            "UPDATE approval_card SET shown = @Wanted, attempts = 0, leased_until = 0" + Mine,
            new { row.Wanted, row.Id, row.LeasedUntil }),
        cancellationToken);

    /// <summary>The card is tried again later. Whether it may be out there already is known best by who tried.</summary>
    public Task LaterAsync(CardRow row, DateTimeOffset dueAt, bool mayBePosted, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.ExecuteAsync(
            "UPDATE approval_card SET due_at = @DueAt, attempts = @Attempts, tried = @Tried, leased_until = 0" + Mine,
            new { DueAt = CaseCodec.Millis(dueAt), row.Attempts, Tried = mayBePosted ? 1L : 0L, row.Id, row.LeasedUntil }),
        cancellationToken);
}

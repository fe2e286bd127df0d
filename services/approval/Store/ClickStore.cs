using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chaperone.Approval.Slack;

namespace Chaperone.Approval.Store;

/// <summary>Answers that came from a chat: kept once each before the chat is acknowledged, and until the person has been told what became of them.</summary>
internal sealed class ClickStore(IApprovalDatabase database, StoreSchema schema, StoreSeal seal)
{
    private static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    /// <summary>Keeps it; the same click twice is one.</summary>
    public async Task AddAsync(SlackClick click, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await schema.EnsureAsync(cancellationToken);
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(click.Key)));
        await database.WriteAsync(
            session => session.ExecuteAsync(
                """
                INSERT INTO approval_click (click_key, body, attempts, taken_at, due_at, done)
                VALUES (@key, @Body, 0, @Now, @Now, 0) ON CONFLICT DO NOTHING
                """,
                new { key, Body = seal.Seal(JsonSerializer.SerializeToUtf8Bytes(click), "click", key), Now = CaseCodec.Millis(now) }),
            cancellationToken);
    }

    /// <summary>Takes answers that are due, oldest first, at most 5, until <paramref name="leaseEnd"/>.</summary>
    public async Task<IReadOnlyList<ClickRow>> LeaseAsync(DateTimeOffset now, DateTimeOffset leaseEnd, CancellationToken cancellationToken)
    {
        await schema.EnsureAsync(cancellationToken);
        return await database.WriteAsync(
            async session =>
            {
                var rows = await session.ListAsync<ClickRow>(
                    "SELECT id AS Id, click_key AS Key, body AS Body, answer AS Answer, attempts AS Attempts FROM approval_click "
                    + "WHERE done = 0 AND due_at <= @Now ORDER BY id LIMIT 5" + database.LockClause,
                    new { Now = CaseCodec.Millis(now) });
                foreach (var row in rows)
                {
                    row.Attempts++;
                    await session.ExecuteAsync(
                        "UPDATE approval_click SET due_at = @LeaseEnd, attempts = @Attempts WHERE id = @Id",
                        new { LeaseEnd = CaseCodec.Millis(leaseEnd), row.Attempts, row.Id });
                }

                return rows;
            },
            cancellationToken);
    }

    public SlackClick Open(ClickRow row) =>
        JsonSerializer.Deserialize<SlackClick>(seal.Open(row.Body, "click", row.Key)) ?? throw new InvalidDataException("A kept click holds nothing.");

    public string? OpenAnswer(ClickRow row) => row.Answer is null ? null : Encoding.UTF8.GetString(seal.Open(row.Answer, "answer", row.Key));

    /// <summary>The desk has answered; a worker that comes after only tells.</summary>
    public Task AnsweredAsync(ClickRow row, string sentence, CancellationToken cancellationToken)
    {
        row.Answer = seal.Seal(Encoding.UTF8.GetBytes(sentence), "answer", row.Key);
        return database.WriteAsync(
            session => session.ExecuteAsync("UPDATE approval_click SET answer = @Answer WHERE id = @Id", new { row.Answer, row.Id }), cancellationToken);
    }

    public Task LaterAsync(ClickRow row, DateTimeOffset dueAt, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.ExecuteAsync(
            "UPDATE approval_click SET due_at = @DueAt, attempts = @Attempts WHERE id = @Id AND done = 0",
            new { DueAt = CaseCodec.Millis(dueAt), row.Attempts, row.Id }),
        cancellationToken);

    public Task DoneAsync(ClickRow row, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.ExecuteAsync("UPDATE approval_click SET done = 1 WHERE id = @Id", new { row.Id }), cancellationToken);

    /// <summary>Forgets what was done a day ago: Slack sends nothing again after that.</summary>
    public async Task ForgetAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        await schema.EnsureAsync(cancellationToken);
        await database.WriteAsync(
            session => session.ExecuteAsync("DELETE FROM approval_click WHERE done = 1 AND taken_at < @Before", new { Before = CaseCodec.Millis(now - Memory) }),
            cancellationToken);
    }
}

using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Policy.Pins;

namespace Chaperone.Policy.BreakGlass;

/// <summary>Keeps break-glass windows beside the pins. A change is durable when its method returns, and was recorded before. Thread-safe.</summary>
internal sealed class BreakGlassStore(IPinConnections connections) : IAsyncDisposable
{
    private const int MostOpen = 200;
    private const string Columns = "window_id, opener, opened_at, expires_at, policy, closed_at, closed_by, reviewed_at, reviewed_by, justified";
    private readonly PinDatabase _database = new(connections, SchemaOf(connections));

    private string Table { get; } = $"{connections.Prefix}break_glass";

    private static string SchemaOf(IPinConnections connections) => $"""
        {connections.CreateSchema}
        CREATE TABLE IF NOT EXISTS {connections.Prefix}break_glass (
            window_id TEXT PRIMARY KEY, opener TEXT NOT NULL, opened_at {connections.LongType} NOT NULL, expires_at {connections.LongType} NOT NULL,
            policy TEXT NOT NULL, reason TEXT NOT NULL, closed_at {connections.LongType}, closed_by TEXT,
            reviewed_at {connections.LongType}, reviewed_by TEXT, justified {connections.LongType}, findings TEXT);
        CREATE INDEX IF NOT EXISTS break_glass_by_state ON {connections.Prefix}break_glass (closed_at, reviewed_at, opened_at);
        """;

    /// <summary>The windows that nobody and no time has closed yet, the newest first; one whose time is over may be among them.</summary>
    /// <exception cref="PinsUnavailableException">It cannot be read.</exception>
    public Task<IReadOnlyList<BreakGlassWindow>> ReadOpenAsync(CancellationToken cancellationToken) =>
        _database.OnConnectionAsync((connection, token) => ReadOpenAsync(new PinCommand(connection, null), token), cancellationToken);

    /// <summary>One window with its words; null where there is none.</summary>
    /// <exception cref="PinsUnavailableException">It cannot be read.</exception>
    public Task<BreakGlassWindow?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        _database.OnConnectionAsync((connection, token) => FindAsync(new PinCommand(connection, null), id, token), cancellationToken);

    /// <summary>How many are closed, how many of them nobody has reviewed, and a page of them: what waits for a review first.</summary>
    /// <exception cref="PinsUnavailableException">It cannot be read.</exception>
    public Task<(int Closed, int Unreviewed, IReadOnlyList<BreakGlassWindow> Page)> ListClosedAsync(int offset, int limit, CancellationToken cancellationToken) =>
        _database.OnConnectionAsync<(int, int, IReadOnlyList<BreakGlassWindow>)>(
            async (connection, token) =>
            {
                var command = new PinCommand(connection, null);
                var closed = await CountAsync(command, "closed_at IS NOT NULL", token);
                var unreviewed = await CountAsync(command, "closed_at IS NOT NULL AND reviewed_at IS NULL", token);
                var page = await command.RowsAsync(
                    $"""
                    SELECT {Columns} FROM {Table} WHERE closed_at IS NOT NULL
                    ORDER BY CASE WHEN reviewed_at IS NULL THEN 0 ELSE 1 END, CASE WHEN reviewed_at IS NULL THEN opened_at ELSE -opened_at END, window_id LIMIT @limit OFFSET @offset
                    """,
                    ReadRow,
                    token,
                    ("limit", (long)limit), ("offset", (long)offset));
                return (closed, unreviewed, page);
            },
            cancellationToken);

    /// <summary>
    /// Opens <paramref name="window"/> once <paramref name="record"/> has recorded it. Why not, where its person has another open;
    /// null where it is open now, or was by an earlier try.
    /// </summary>
    /// <exception cref="PinsUnavailableException">It is not known to be kept.</exception>
    public Task<string?> OpenAsync(BreakGlassWindow window, DateTimeOffset now, Func<Task> record, CancellationToken cancellationToken) =>
        _database.InTransactionAsync<string?>(
            async (command, token) =>
            {
                if (await FindAsync(command, window.WindowId, token) is { } known)
                {
                    return known.Opener.IsSamePerson(window.Opener) ? null : "There is another window with that number.";
                }

                var open = await ReadOpenAsync(command, token);
                if (open.Any(o => o.ExpiresAt > now && o.Opener.IsSamePerson(window.Opener)))
                {
                    return "You have a window open already; close it first, or wait until it ends.";
                }

                if (open.Count >= MostOpen)
                {
                    return $"There are {MostOpen} windows open already, more than an emergency needs.";
                }

                await record();
                await command.ExecuteAsync(
                    $"INSERT INTO {Table} (window_id, opener, opened_at, expires_at, policy, reason) VALUES (@id, @opener, @at, @expires, @policy, @reason)",
                    token,
                    ("id", window.WindowId.ToString("n")), ("opener", JsonSerializer.Serialize(window.Opener)), ("at", window.OpenedAt.ToUnixTimeMilliseconds()),
                    ("expires", window.ExpiresAt.ToUnixTimeMilliseconds()), ("policy", window.PolicyDigest), ("reason", JsonSerializer.Serialize(window.Reason)));
                return null;
            },
            cancellationToken);

    /// <summary>Closes a window once <paramref name="record"/> has recorded it; false where there is none of that id. One that is closed stays as it is.</summary>
    /// <exception cref="PinsUnavailableException">It is not known to be kept.</exception>
    public Task<bool> CloseAsync(Guid id, DateTimeOffset at, Principal? by, Func<BreakGlassWindow, Task> record, CancellationToken cancellationToken) =>
        _database.InTransactionAsync(
            async (command, token) =>
            {
                if (await FindAsync(command, id, token) is not { } window)
                {
                    return false;
                }

                if (window.ClosedAt is null)
                {
                    var (end, closer) = at < window.ExpiresAt ? (at, by) : (window.ExpiresAt, null);
                    await record(window with { ClosedAt = end, ClosedBy = closer });
                    await command.ExecuteAsync(
                        $"UPDATE {Table} SET closed_at = @at, closed_by = @by WHERE window_id = @id",
                        token,
                        ("at", end.ToUnixTimeMilliseconds()), ("by", closer is null ? null : JsonSerializer.Serialize(closer)), ("id", id.ToString("n")));
                }

                return true;
            },
            cancellationToken);

    /// <summary>Signs a closed window off once <paramref name="record"/> has recorded it; why not, where it cannot be.</summary>
    /// <exception cref="PinsUnavailableException">It is not known to be kept.</exception>
    public Task<string?> ReviewAsync(Guid id, Principal reviewer, SealedPayload findings, bool justified, DateTimeOffset at, Func<BreakGlassWindow, Task> record, CancellationToken cancellationToken) =>
        _database.InTransactionAsync<string?>(
            async (command, token) =>
            {
                var window = await FindAsync(command, id, token);
                var problem = window switch
                {
                    null => "There is no such window.",
                    { ClosedAt: null } => "The window is still open; it is reviewed once it has ended.",
                    { ReviewedAt: not null } => "Somebody has reviewed it already.",
                    _ when window.Opener.IsSamePerson(reviewer) => "Nobody reviews their own window.",
                    _ => null,
                };
                if (problem is not null)
                {
                    return problem;
                }

                await record(window! with { ReviewedAt = at, ReviewedBy = reviewer, Justified = justified });
                await command.ExecuteAsync(
                    $"UPDATE {Table} SET reviewed_at = @at, reviewed_by = @by, justified = @justified, findings = @findings WHERE window_id = @id",
                    token,
                    ("at", at.ToUnixTimeMilliseconds()), ("by", JsonSerializer.Serialize(reviewer)), ("justified", justified ? 1L : 0L), ("findings", JsonSerializer.Serialize(findings)), ("id", id.ToString("n")));
                return null;
            },
            cancellationToken);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task<int> CountAsync(PinCommand command, string where, CancellationToken cancellationToken) =>
        Convert.ToInt32(await command.ScalarAsync($"SELECT count(*) FROM {Table} WHERE {where}", cancellationToken), CultureInfo.InvariantCulture);

    private Task<IReadOnlyList<BreakGlassWindow>> ReadOpenAsync(PinCommand command, CancellationToken cancellationToken) =>
        command.RowsAsync($"SELECT {Columns} FROM {Table} WHERE closed_at IS NULL ORDER BY opened_at DESC, window_id", ReadRow, cancellationToken);

    private async Task<BreakGlassWindow?> FindAsync(PinCommand command, Guid id, CancellationToken cancellationToken)
    {
        var rows = await command.RowsAsync(
            $"SELECT {Columns}, reason, findings FROM {Table} WHERE window_id = @id",
            row => ReadRow(row) with { Reason = Payload(row, 10), Findings = Payload(row, 11) },
            cancellationToken,
            ("id", id.ToString("n")));
        return rows.Count > 0 ? rows[0] : null;
    }

    private static BreakGlassWindow ReadRow(DbDataReader row) => new()
    {
        WindowId = Guid.ParseExact(row.GetString(0), "n"),
        Opener = Person(row, 1)!,
        OpenedAt = Time(row, 2)!.Value,
        ExpiresAt = Time(row, 3)!.Value,
        PolicyDigest = row.GetString(4),
        ClosedAt = Time(row, 5),
        ClosedBy = Person(row, 6),
        ReviewedAt = Time(row, 7),
        ReviewedBy = Person(row, 8),
        Justified = row.IsDBNull(9) ? null : row.GetInt64(9) == 1,
    };

    private static DateTimeOffset? Time(DbDataReader row, int column) => row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static Principal? Person(DbDataReader row, int column) => row.IsDBNull(column) ? null : JsonSerializer.Deserialize<Principal>(row.GetString(column));

    private static SealedPayload? Payload(DbDataReader row, int column) => row.IsDBNull(column) ? null : JsonSerializer.Deserialize<SealedPayload>(row.GetString(column));
}

using System.Text.Json;
using Chaperone.Contracts;

namespace Chaperone.Policy.Pins;

/// <summary>
/// Keeps pins. A change is durable when its method returns; changes run one after the other, also between processes that share
/// the store. Thread-safe.
/// </summary>
internal sealed class PinStore(IPinConnections connections) : IAsyncDisposable
{
    private readonly PinDatabase _database = new(connections, SchemaOf(connections));

    private string Tools { get; } = $"{connections.Prefix}tools";

    private static string SchemaOf(IPinConnections connections) => $"""
        {connections.CreateSchema}
        CREATE TABLE IF NOT EXISTS {connections.Prefix}tools (
            tool_id TEXT PRIMARY KEY, server TEXT NOT NULL, tool TEXT NOT NULL, digest TEXT NOT NULL, shape TEXT NOT NULL,
            state {connections.LongType} NOT NULL, is_current {connections.LongType} NOT NULL, seen_at {connections.LongType} NOT NULL,
            decided_at {connections.LongType}, decided_by TEXT, reason TEXT, suspicions TEXT NOT NULL, definition TEXT);
        CREATE INDEX IF NOT EXISTS tools_by_server ON {connections.Prefix}tools (server, tool);
        """;

    /// <summary>All that is known of a server's tools.</summary>
    /// <exception cref="PinsUnavailableException">It cannot be read.</exception>
    public Task<ServerPins> ReadAsync(string server, CancellationToken cancellationToken) =>
        _database.OnConnectionAsync((connection, token) => ReadAsync(new PinCommand(connection, null), server, token), cancellationToken);

    /// <summary>Makes <paramref name="plan"/> of what is known, has it recorded, and keeps it; returns what is known then.</summary>
    /// <exception cref="PinsUnavailableException">It is not known to be kept.</exception>
    public Task<ServerPins> ChangeAsync(
        string server, DateTimeOffset now, Func<ServerPins, PinPlan> plan, Func<ToolDefinition, SealedPayload?> seal, Func<ServerPins, PinPlan, Task> record, CancellationToken cancellationToken) =>
        _database.InTransactionAsync(
            async (command, token) =>
            {
                var before = await ReadAsync(command, server, token);
                var change = plan(before);
                if (change.IsEmpty)
                {
                    return before;
                }

                await record(before, change);
                await KeepAsync(command, server, change, now, seal, token);
                return await ReadAsync(command, server, token);
            },
            cancellationToken);

    /// <summary>Sets where a definition stands, once <paramref name="record"/> has recorded it; null where there is none of that id.</summary>
    /// <exception cref="PinsUnavailableException">It is not known to be kept.</exception>
    public Task<PinRow?> DecideAsync(Guid id, ToolState state, string by, SealedPayload reason, DateTimeOffset now, Func<PinRow, Task> record, CancellationToken cancellationToken) =>
        _database.InTransactionAsync<PinRow?>(
            async (command, token) =>
            {
                if (await FindAsync(command, id, token) is not { } row)
                {
                    return null;
                }

                await record(row);
                await command.ExecuteAsync(
                    $"UPDATE {Tools} SET state = @state, decided_at = @at, decided_by = @by, reason = @reason WHERE tool_id = @id",
                    token,
                    ("state", (long)state), ("at", now.ToUnixTimeMilliseconds()), ("by", by), ("reason", JsonSerializer.Serialize(reason)), ("id", id.ToString("n")));
                return row;
            },
            cancellationToken);

    /// <summary>A page of definitions, without their texts.</summary>
    /// <exception cref="PinsUnavailableException">It cannot be read.</exception>
    public Task<(int Total, IReadOnlyList<PinRow> Rows)> ListAsync(bool waiting, int offset, int limit, CancellationToken cancellationToken) =>
        _database.OnConnectionAsync<(int, IReadOnlyList<PinRow>)>(
            async (connection, token) =>
            {
                var command = new PinCommand(connection, null);
                var where = waiting ? $"WHERE state = {(int)ToolState.Held} AND is_current = 1" : string.Empty;
                var total = Convert.ToInt32(await command.ScalarAsync($"SELECT count(*) FROM {Tools} {where}", token), System.Globalization.CultureInfo.InvariantCulture);
                var rows = await command.RowsAsync(
                    $"SELECT {PinCommand.Columns}, NULL FROM {Tools} {where} ORDER BY CASE WHEN state = {(int)ToolState.Held} AND is_current = 1 THEN 0 ELSE 1 END, seen_at DESC, server, tool LIMIT @limit OFFSET @offset",
                    PinCommand.ReadRow,
                    token,
                    ("limit", (long)limit), ("offset", (long)offset));
                return (total, rows);
            },
            cancellationToken);

    /// <summary>One definition, and the accepted one that it is to be compared with; null where there is none of that id.</summary>
    /// <exception cref="PinsUnavailableException">It cannot be read.</exception>
    public Task<(PinRow Row, PinRow? Accepted)?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        _database.OnConnectionAsync<(PinRow, PinRow?)?>(
            async (connection, token) =>
            {
                var command = new PinCommand(connection, null);
                if (await FindAsync(command, id, token) is not { } row)
                {
                    return null;
                }

                var accepted = await command.RowsAsync(
                    $"SELECT {PinCommand.Columns}, definition FROM {Tools} WHERE server = @server AND state = {(int)ToolState.Accepted} AND tool_id <> @id AND (tool = @tool OR shape = @shape) ORDER BY CASE WHEN tool = @tool THEN 0 ELSE 1 END, decided_at DESC LIMIT 1",
                    PinCommand.ReadRow,
                    token,
                    ("server", row.Server), ("id", id.ToString("n")), ("tool", row.Pin.Tool), ("shape", row.Pin.Shape));
                return (row, accepted.Count > 0 ? accepted[0] : null);
            },
            cancellationToken);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task<PinRow?> FindAsync(PinCommand command, Guid id, CancellationToken cancellationToken)
    {
        var rows = await command.RowsAsync($"SELECT {PinCommand.Columns}, definition FROM {Tools} WHERE tool_id = @id", PinCommand.ReadRow, cancellationToken, ("id", id.ToString("n")));
        return rows.Count > 0 ? rows[0] : null;
    }

    private async Task<ServerPins> ReadAsync(PinCommand command, string server, CancellationToken cancellationToken)
    {
        var pins = await command.RowsAsync($"SELECT tool, digest, shape, state, is_current FROM {Tools} WHERE server = @server", PinCommand.ReadPin, cancellationToken, ("server", server));
        return new ServerPins(pins);
    }

    private async Task KeepAsync(PinCommand command, string server, PinPlan plan, DateTimeOffset now, Func<ToolDefinition, SealedPayload?> seal, CancellationToken cancellationToken)
    {
        var at = now.ToUnixTimeMilliseconds();
        foreach (var (tool, state) in plan.Added)
        {
            await command.ExecuteAsync(
                $"""
                INSERT INTO {Tools} (tool_id, server, tool, digest, shape, state, is_current, seen_at, decided_at, decided_by, suspicions, definition)
                VALUES (@id, @server, @tool, @digest, @shape, @state, 0, @at, @decided, @by, @suspicions, @definition)
                """,
                cancellationToken,
                ("id", tool.Id.ToString("n")), ("server", server), ("tool", tool.Name), ("digest", tool.Digest), ("shape", tool.Shape), ("state", (long)state), ("at", at),
                ("decided", state == ToolState.Accepted ? at : null), ("by", state == ToolState.Accepted ? PinDesk.FirstUse : null),
                ("suspicions", JsonSerializer.Serialize(tool.Suspicions)), ("definition", seal(tool) is { } text ? JsonSerializer.Serialize(text) : null));
        }

        foreach (var tool in plan.Moved)
        {
            await command.ExecuteAsync(
                $"UPDATE {Tools} SET is_current = CASE WHEN tool_id = @id THEN 1 ELSE 0 END WHERE server = @server AND tool = @tool",
                cancellationToken,
                ("id", tool.Id.ToString("n")), ("server", server), ("tool", tool.Name));
        }
    }
}

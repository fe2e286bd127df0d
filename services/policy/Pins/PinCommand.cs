using System.Data.Common;
using System.Text.Json;
using Chaperone.Contracts;

namespace Chaperone.Policy.Pins;

/// <summary>Runs SQL on one connection, in its transaction where there is one.</summary>
internal sealed class PinCommand(DbConnection connection, DbTransaction? transaction)
{
    /// <summary>What <see cref="ReadRow"/> reads, but for the definition, which comes last.</summary>
    public const string Columns = "tool_id, server, tool, digest, shape, state, is_current, seen_at, decided_at, decided_by, reason, suspicions";

    public static Pin ReadPin(DbDataReader row) => new(row.GetString(0), row.GetString(1), row.GetString(2), (ToolState)row.GetInt64(3), row.GetInt64(4) == 1);

    public static PinRow ReadRow(DbDataReader row) => new()
    {
        Id = Guid.ParseExact(row.GetString(0), "n"),
        Server = row.GetString(1),
        Pin = new Pin(row.GetString(2), row.GetString(3), row.GetString(4), (ToolState)row.GetInt64(5), row.GetInt64(6) == 1),
        SeenAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7)),
        DecidedAt = row.IsDBNull(8) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(8)),
        DecidedBy = row.IsDBNull(9) ? null : row.GetString(9),
        Reason = row.IsDBNull(10) ? null : JsonSerializer.Deserialize<SealedPayload>(row.GetString(10)),
        Suspicions = JsonSerializer.Deserialize<ToolSuspicion[]>(row.GetString(11)) ?? [],
        Definition = row.IsDBNull(12) ? null : JsonSerializer.Deserialize<SealedPayload>(row.GetString(12)),
    };

    public async Task ExecuteAsync(string sql, CancellationToken cancellationToken, params (string Name, object? Value)[] values)
    {
        await using var command = Make(sql, values);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public async Task<object?> ScalarAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Make(sql, []);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<T>> RowsAsync<T>(string sql, Func<DbDataReader, T> read, CancellationToken cancellationToken, params (string Name, object? Value)[] values)
    {
        await using var command = Make(sql, values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(read(reader));
        }

        return rows;
    }

    private DbCommand Make(string sql, (string Name, object? Value)[] values)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
            if (value is null or string)
            {
                parameter.DbType = name is "decided" ? System.Data.DbType.Int64 : System.Data.DbType.String;
            }

            command.Parameters.Add(parameter);
        }

        return command;
    }
}

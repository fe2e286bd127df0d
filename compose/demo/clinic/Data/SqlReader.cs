using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using SQLitePCL;

namespace Chaperone.Demo.Clinic.Data;

/// <summary>Runs a caller's SQL where it can do no harm: a read-only connection without ATTACH, a row cap and a time limit.</summary>
internal sealed class SqlReader(ClinicDatabase database, IOptions<ClinicOptions> options, TimeProvider time)
{
    private const int LimitAttached = 7;
    private const int StepsBetweenChecks = 1_000;

    /// <summary>The first <paramref name="maxRows"/> rows, and whether there were more.</summary>
    /// <exception cref="McpException">SQLite refuses the statement, or it took too long.</exception>
    public (string[] Columns, JsonElement[][] Rows, bool More) Run(string sql, int maxRows, CancellationToken cancellationToken)
    {
        using var connection = database.Read();
        raw.sqlite3_limit(connection.Handle, LimitAttached, 0);
        var started = time.GetTimestamp();
        raw.sqlite3_progress_handler(
            connection.Handle,
            StepsBetweenChecks,
            _ => cancellationToken.IsCancellationRequested || time.GetElapsedTime(started) > options.Value.QueryTimeout ? 1 : 0,
            null);
        try
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            string[] columns = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
            var rows = new List<JsonElement[]>();
            while (reader.Read())
            {
                if (rows.Count == maxRows)
                {
                    return (columns, [.. rows], true);
                }

                rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => Cell(reader, i))]);
            }

            return (columns, [.. rows], false);
        }
        catch (SqliteException refused) when (refused.SqliteErrorCode == raw.SQLITE_INTERRUPT)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new McpException($"The query ran longer than {options.Value.QueryTimeout.TotalSeconds:0.###} s and was stopped. Narrow it with WHERE or LIMIT.");
        }
        catch (SqliteException refused)
        {
            // SQLite's own words quote the statement at most, never a row.
            throw new McpException(refused.Message);
        }
    }

    private static JsonElement Cell(SqliteDataReader row, int column) => row.GetValue(column) switch
    {
        DBNull => JsonSerializer.SerializeToElement<object?>(null),
        long number => JsonSerializer.SerializeToElement(number),
        double number => JsonSerializer.SerializeToElement(number),
        byte[] bytes => JsonSerializer.SerializeToElement(Convert.ToBase64String(bytes)),
        var text => JsonSerializer.SerializeToElement(text.ToString()),
    };
}

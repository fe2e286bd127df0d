using System.ComponentModel;
using System.Text.Json;
using Chaperone.Demo.Clinic.Data;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Chaperone.Demo.Clinic.Tools;

/// <summary>SQL over the clinic's tables.</summary>
[McpServerToolType]
internal sealed class QueryTool(SqlReader reader)
{
    [McpServerTool(Name = "query", Title = "Query with SQL", ReadOnly = true, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("""
        Runs one SQLite SELECT on a read-only connection. Tables: patients(mrn, first_name, last_name, sex, birth_date, ssn, phone, email, street, city, state, zip, insurer, member_id, mbi, emergency_contact, emergency_phone, physician),
        encounters(id, mrn, admitted_on, discharged_on, kind, department, physician, reason, diagnosis_code), notes(id, encounter_id, mrn, written_on, author, title, body), labs(id, encounter_id, mrn, taken_on, loinc, name, value, unit, flag).
        At most 500 rows and a few seconds.
        """)]
    public QueryAnswer Query(
        [Description("The SELECT statement.")] string sql,
        [Description("At most this many rows, 1 to 500.")] int maxRows = 100,
        CancellationToken cancellationToken = default)
    {
        if (maxRows is < 1 or > 500)
        {
            throw new McpException("maxRows must be 1 to 500.");
        }

        var (columns, rows, more) = reader.Run(sql, maxRows, cancellationToken);
        return new QueryAnswer { Columns = columns, Rows = rows, Truncated = more };
    }

    /// <summary>Rows of a query.</summary>
    internal sealed record QueryAnswer
    {
        [Description("Column names.")]
        public required string[] Columns { get; init; }

        [Description("One array per row, in column order.")]
        public required JsonElement[][] Rows { get; init; }

        [Description("True when there were more rows.")]
        public required bool Truncated { get; init; }
    }
}

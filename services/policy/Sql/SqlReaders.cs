using Chaperone.Policy.Sql.PostgreSql;
using Chaperone.Policy.Sql.Trees;
using Chaperone.Policy.Sql.TSql;

namespace Chaperone.Policy.Sql;

/// <summary>The readers, by dialect.</summary>
internal static class SqlReaders
{
    private static readonly PgSqlReader PostgreSql = new();
    private static readonly TSqlReader TSql = new();

    /// <summary>The reader for <paramref name="dialect"/>.</summary>
    public static ISqlReader For(SqlDialect dialect) => dialect switch
    {
        SqlDialect.TSql => TSql,
        _ => PostgreSql,
    };

    /// <summary>Reads several texts as one script; one that cannot be read makes it unreadable.</summary>
    public static Script ReadAll(this ISqlReader reader, IReadOnlyList<string> texts)
    {
        var scripts = texts.Select(reader.Read).ToArray();
        return new Script
        {
            Statements = [.. scripts.SelectMany(s => s.Statements)],
            Problem = scripts.Select(s => s.Problem).FirstOrDefault(p => p is not null),
            HasComments = scripts.Any(s => s.HasComments),
        };
    }
}

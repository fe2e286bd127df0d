using System.Collections.Frozen;
using Chaperone.Policy.Sql.Plain;
using Chaperone.Policy.Sql.PostgreSql;
using Chaperone.Policy.Sql.Trees;
using Chaperone.Policy.Sql.TSql;

namespace Chaperone.Policy.Sql;

/// <summary>The readers, by dialect.</summary>
internal static class SqlReaders
{
    private static readonly FrozenDictionary<SqlDialect, ISqlReader> Readers = Enum.GetValues<SqlDialect>().ToFrozenDictionary(d => d, Make);

    /// <summary>The reader for <paramref name="dialect"/>.</summary>
    public static ISqlReader For(SqlDialect dialect) => Readers[dialect];

    private static ISqlReader Make(SqlDialect dialect) => dialect switch
    {
        SqlDialect.PostgreSql when LibPgQuery.IsHere => new PgSqlReader(),
        SqlDialect.TSql => new TSqlReader(),
        _ => new PlainSqlReader(dialect),
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

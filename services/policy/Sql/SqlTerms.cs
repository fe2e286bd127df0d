using System.Collections.Frozen;
using Chaperone.Policy.Carried;
using Chaperone.Policy.Sql.Facts;
using Chaperone.Policy.Sql.Known;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql;

/// <summary>What the policy file says of a server's SQL.</summary>
internal sealed class SqlTerms(SqlDialect dialect, CarryingArgument[] arguments, PhiTable[] phi, string[] functions)
{
    /// <summary>Whose SQL it is.</summary>
    public SqlDialect Dialect => dialect;

    /// <summary>Where calls carry it.</summary>
    public CarryingArgument[] Arguments => arguments;

    /// <summary>What was found of SQL that was read lately.</summary>
    public FactsCache Facts { get; } = new();

    /// <summary>What is known of functions.</summary>
    public SqlFunctions Functions { get; } = new(dialect, functions);

    /// <summary>
    /// What is known of <paramref name="table"/>: the strictest of all patterns that may mean it, those without wildcards before
    /// those with them; null when it holds no PHI.
    /// </summary>
    public PhiTable? FindPhi(TableName table) => FindPhi(table, literal: true) ?? FindPhi(table, literal: false);

    /// <summary>Whether <paramref name="name"/> is that of a table with PHI, or begins with it.</summary>
    public bool IsNamedForPhi(string name)
    {
        var parts = name.Split('_');
        return Enumerable.Range(1, parts.Length).Any(n => FindPhi(new TableName([string.Join('_', parts[..n])])) is not null);
    }

    private PhiTable? FindPhi(TableName table, bool literal)
    {
        PhiTable? found = null;
        foreach (var entry in phi)
        {
            if (entry.Name.IsLiteral == literal && entry.Name.MayMean(table))
            {
                found = found is null ? entry : found with
                {
                    Keys = found.Keys.Intersect(entry.Keys).ToFrozenSet(StringComparer.Ordinal),
                    Categories = found.Categories.Intersect(entry.Categories).ToFrozenSet(StringComparer.Ordinal),
                    Rows = Math.Min(found.Rows, entry.Rows),
                };
            }
        }

        return found;
    }
}

using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Chaperone.Policy.Sql.TSql;

/// <summary>
/// Readers of the tree compare names without case, and a database with a case-sensitive collation does not: there, PATIENTS may
/// be a common table and patients the real one. Names that a text itself gives must therefore be spelled alike throughout.
/// </summary>
internal static class TSqlSpelling
{
    /// <summary>Throws where two of the names that <paramref name="fragments"/> give, or a common table and its use, differ in case only.</summary>
    public static void Check(List<TSqlFragment> fragments)
    {
        var given = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var common = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var fragment in fragments)
        {
            if (Given(fragment) is { } name)
            {
                given.TryAdd(name.Value, name.Value);
                Compare(given, name);
            }

            if (fragment is CommonTableExpression table)
            {
                common.TryAdd(table.ExpressionName.Value, table.ExpressionName.Value);
            }
        }

        foreach (var use in fragments.OfType<NamedTableReference>().Where(t => t.SchemaObject.Count == 1))
        {
            Compare(common, use.SchemaObject.BaseIdentifier);
        }
    }

    private static Identifier? Given(TSqlFragment fragment) => fragment switch
    {
        TableReferenceWithAlias t => t.Alias,
        CommonTableExpression t => t.ExpressionName,
        MergeSpecification m => m.TableAlias,
        _ => null,
    };

    private static void Compare(Dictionary<string, string> names, Identifier name)
    {
        if (names.TryGetValue(name.Value, out var known) && !string.Equals(known, name.Value, StringComparison.Ordinal))
        {
            throw new TSqlUnreadableException("spells a name of its own in two ways", name);
        }
    }
}

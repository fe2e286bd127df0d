using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Chaperone.Policy.Sql.TSql;

/// <summary>Walks the parser's tree without recursion and without knowing each of its thousand types.</summary>
internal static class TSqlFragments
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    /// <summary>What <paramref name="fragment"/> is made of, names excepted.</summary>
    public static IEnumerable<TSqlFragment> Children(TSqlFragment fragment)
    {
        foreach (var property in Properties.GetOrAdd(fragment.GetType(), FindProperties))
        {
            switch (property.GetValue(fragment))
            {
                case TSqlFragment child:
                    yield return child;
                    break;
                case IEnumerable children:
                    foreach (var child in children.OfType<TSqlFragment>())
                    {
                        yield return child;
                    }

                    break;
            }
        }
    }

    /// <summary><paramref name="root"/> and all that it is made of.</summary>
    public static List<TSqlFragment> All(TSqlFragment root)
    {
        var all = new List<TSqlFragment> { root };
        for (var i = 0; i < all.Count; i++)
        {
            all.AddRange(Children(all[i]));
        }

        return all;
    }

    /// <summary>True for what must not get lost: whatever reads, calls or compares.</summary>
    public static bool Matters(TSqlFragment fragment) => fragment switch
    {
        TableReference or QueryExpression or TSqlStatement or BooleanExpression => true,
        Literal or ColumnReferenceExpression or VariableReference => false,
        ScalarExpression => true,
        _ => false,
    };

    private static PropertyInfo[] FindProperties(Type type) =>
        typeof(MultiPartIdentifier).IsAssignableFrom(type)
            ? []
            : [.. type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(IsChild)];

    private static bool IsChild(PropertyInfo property) =>
        property.GetIndexParameters().Length == 0 && (IsFragment(property.PropertyType)
            || (property.PropertyType.IsGenericType && IsFragment(property.PropertyType.GetGenericArguments()[0])));

    private static bool IsFragment(Type type) => typeof(TSqlFragment).IsAssignableFrom(type);
}

using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Tests.Sql.Plain;

/// <summary>How deep a tree is, found without going deep.</summary>
internal static class TreeDepth
{
    public static int Of(Query root)
    {
        var deepest = 0;
        var open = new Stack<(object Node, int Depth)>([(root, 1)]);
        while (open.TryPop(out var next))
        {
            deepest = Math.Max(deepest, next.Depth);
            foreach (var child in Children(next.Node))
            {
                open.Push((child, next.Depth + 1));
            }
        }

        return deepest;
    }

    private static IEnumerable<object> Children(object node) => node switch
    {
        Query { Sides: { } sides } => [sides.Left, sides.Right],
        Query query => [.. query.With.Select(w => w.Query!), .. query.From, .. query.Outputs.Select(o => o.Value), .. query.GroupBy, .. query.Others, .. query.Where is { } where ? [where] : Array.Empty<object>()],
        Expression.Nested nested => [nested.Query, .. nested.Parts],
        Expression expression => expression.Parts,
        FromItem.Derived derived => [derived.Query],
        FromItem.Functions functions => functions.Calls,
        FromItem.Join join => join.On is { } on ? [join.Left, join.Right, on] : [join.Left, join.Right],
        _ => [],
    };
}

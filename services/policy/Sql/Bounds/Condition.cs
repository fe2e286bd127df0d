using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Bounds;

/// <summary>A condition that every row of some sources fulfils: those from <see cref="First"/> to before <see cref="End"/>.</summary>
internal sealed record Condition(Expression Term, int First, int End)
{
    /// <summary>Whether the rows of a source fulfil it.</summary>
    public bool HoldsFor(int source) => source >= First && source < End;

    /// <summary><paramref name="expression"/>, parted at AND.</summary>
    public static IEnumerable<Condition> Of(Expression? expression, int first, int end) => expression switch
    {
        null => [],
        Expression.And and => and.Terms.SelectMany(t => Of(t, first, end)),
        _ => [new Condition(expression, first, end)],
    };
}

using Chaperone.Policy.Patterns;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Facts;

/// <summary>
/// What a rule says of SQL. Rules that restrict look warily: one statement of which all parts hold is enough, and SQL that
/// cannot be read, or runs what cannot be known, counts as what they speak of. Rules that allow look exactly: all parts must
/// hold for every statement and everything it names.
/// </summary>
internal sealed record SqlCondition
{
    /// <summary>Kinds of statements; empty for any.</summary>
    public StatementKind[] Kinds { get; init; } = [];

    /// <summary>Tables and views; empty for any.</summary>
    public TablePattern[] Tables { get; init; } = [];

    /// <summary>Columns, lower case; empty for any.</summary>
    public NamePattern[] Columns { get; init; } = [];

    /// <summary>Functions, lower case; empty for any.</summary>
    public NamePattern[] Functions { get; init; } = [];

    /// <summary>Whether it is a bulk read.</summary>
    public bool? Bulk { get; init; }

    /// <summary>Whether there is a WHERE wherever rows of tables are taken or changed.</summary>
    public bool? Where { get; init; }

    /// <summary>Whether there is a LIMIT, TOP or FETCH where rows are handed out.</summary>
    public bool? Limit { get; init; }

    /// <summary>Whether columns come out unnamed.</summary>
    public bool? Star { get; init; }

    /// <summary>Whether there is more than one statement.</summary>
    public bool? Several { get; init; }

    /// <summary>Whether there are comments.</summary>
    public bool? Comments { get; init; }

    /// <summary>Whether a WITH writes.</summary>
    public bool? WritesInWith { get; init; }

    /// <summary>Whether it holds; <paramref name="wary"/> for rules that restrict.</summary>
    public bool Holds(SqlFacts facts, bool wary)
    {
        if (facts.Problem is not null)
        {
            return wary;
        }

        if (!Is(Bulk, facts.WhyBulk is not null) || !Is(Several, facts.Statements.Length > 1) || !Is(Comments, facts.HasComments))
        {
            return false;
        }

        return wary
            ? facts.Statements.Any(s => HoldsWarily(s, facts))
            : facts.Statements.Length > 0 && facts.Statements.All(s => HoldsExactly(s, facts));
    }

    private bool HoldsWarily(SqlNames names, SqlFacts facts)
    {
        var isUnknown = names.IsOpaque || facts.CallsUnknown;
        return (Kinds.Length == 0 || isUnknown || Kinds.Any(names.Kinds.Contains))
            && (Tables.Length == 0 || isUnknown || names.Tables.Exists(t => Tables.Any(p => p.MayMean(t))))
            && (Columns.Length == 0 || isUnknown || names.HasStar || names.Columns.Any(c => Columns.Any(p => p.Matches(c))))
            && (Functions.Length == 0 || names.IsOpaque || names.Functions.Any(IsNamed))
            && HoldFlags(names);
    }

    private bool HoldsExactly(SqlNames names, SqlFacts facts)
    {
        var isUnknown = names.IsOpaque || (facts.CallsUnknown && Functions.Length == 0);
        return (Kinds.Length == 0 || names.Kinds.All(Kinds.Contains))
            && (Tables.Length == 0 || (!isUnknown && names.Tables.TrueForAll(t => Tables.Any(p => p.Means(t)))))
            && (Columns.Length == 0 || (!isUnknown && !names.HasStar && names.Columns.All(c => Columns.Any(p => p.Matches(c)))))
            && (Functions.Length == 0 || (!names.IsOpaque && names.Functions.All(IsNamed)))
            && (Kinds.Length == 0 || !isUnknown || names.Kinds.All(k => k is StatementKind.Call or StatementKind.Do))
            && HoldFlags(names);
    }

    private bool HoldFlags(SqlNames names) => Is(Where, !names.LacksWhere) && Is(Limit, !names.LacksLimit) && Is(Star, names.HasStar) && Is(WritesInWith, names.WritesInWith);

    private bool IsNamed(string function)
    {
        var last = function[(function.LastIndexOf('.') + 1)..];
        return Functions.Any(p => p.Matches(function) || p.Matches(last));
    }

    private static bool Is(bool? wanted, bool found) => wanted is null || wanted == found;
}

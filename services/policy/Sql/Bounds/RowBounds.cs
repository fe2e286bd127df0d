using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Bounds;

/// <summary>
/// Bounds the rows of PHI that statements can hand out: the core of what a bulk read is. Where it errs, it errs to more rows.
/// One use for one script.
/// </summary>
internal sealed class RowBounds(SqlTerms terms)
{
    private const int MostQueries = 4000;
    private const long MostSteps = 2_000_000;

    // A query within a condition is asked for more than once.
    private readonly Dictionary<(Query, Scope), QueryReach> _known = new(new ByReference());
    private int _queries;
    private long _steps;

    /// <summary>The fewest rows that a table with PHI, of those met, allows.</summary>
    public long Most { get; private set; } = long.MaxValue;

    /// <summary>What is said of the first thing without bound; null while there is none.</summary>
    public string? Reason { get; private set; }

    /// <summary>What was stored or packed aside of the query that is looked at: writes within WITH.</summary>
    public Reach Aside { get; private set; } = Reach.Nothing with { Rows = 0 };

    /// <summary>True while only constants may bind keys, not columns of sources of few rows.</summary>
    public bool ConstantsOnly { get; private set; }

    /// <summary>Whose SQL it is.</summary>
    public SqlDialect Dialect => terms.Dialect;

    /// <summary>What is known of a table; null when it holds no PHI.</summary>
    public PhiTable? FindPhi(TableName table)
    {
        var phi = terms.FindPhi(table);
        if (phi is not null)
        {
            Most = Math.Min(Most, phi.Rows);
        }

        return phi;
    }

    /// <summary>
    /// Whether a name can be that of a table without PHI only: the planner keeps values of an index over expressions under the
    /// name of the index, and who made it has named it after the table, what it holds, or what it is.
    /// </summary>
    public bool IsNamedForNone(string name) => !terms.IsNamedForPhi(name) && !ColumnWords.IsOfIndex(name);

    /// <summary>True when the statement asked for more work than any that people write.</summary>
    public bool IsSpent => _steps > MostSteps;

    /// <summary>Counts <paramref name="steps"/> of work; false when there were too many.</summary>
    public bool Spend(int steps)
    {
        _steps += steps;
        return !IsSpent;
    }

    /// <summary>Notes why something is without bound; only the first is kept.</summary>
    public void Note(string reason) => Reason ??= reason;

    /// <summary>Whether <paramref name="call"/> may read what its arguments do not say.</summary>
    public bool MayRead(Expression.Call call) => !terms.Functions.IsKnown(call.Name);

    /// <summary>Counts what <paramref name="reach"/> hands out aside.</summary>
    public void AddAside(Reach reach) => Aside = Aside.And(reach);

    /// <summary>Bounds <paramref name="query"/>.</summary>
    public QueryReach Of(Query query, Scope parent)
    {
        if (_known.TryGetValue((query, parent), out var known))
        {
            return known;
        }

        if (++_queries > MostQueries)
        {
            Note("is made of too many queries");
            return new QueryReach(new Reach(0, 0, Reach.Unbounded, Reach.Unbounded));
        }

        return _known[(query, parent)] = Find(query, parent);
    }

    private QueryReach Find(Query query, Scope parent)
    {
        var scope = new Scope(parent);
        AddCommon(query.With, scope);
        if (query.Sides is not { } sides)
        {
            return new SelectBounds(this, query, scope).Of();
        }

        // Of what comes out once only, each side may do without its doubles.
        var (left, right) = query.IsDistinct ? (Of(Distinct(sides.Left), scope), Of(Distinct(sides.Right), scope)) : (Of(sides.Left, scope), Of(sides.Right, scope));
        var beside = Of(new Query { Outputs = [.. query.Others.Concat(query.LimitParts).Select(e => new Output(e))] }, scope).Reach with { Rows = 0 };
        return new QueryReach(left.Reach.And(right.Reach).Within(query.Limit).And(beside))
        {
            Columns = left.Columns?.Select((c, i) => (c.Name, right.Columns is { } other && i < other.Count ? (ColumnNature)Math.Max((int)c.Nature, (int)other[i].Nature) : ColumnNature.Person)).ToArray(),
            PacksOuter = left.PacksOuter || right.PacksOuter,
        };
    }

    private static Query Distinct(Query query) => query.HasLimit ? query : query with { IsDistinct = true };

    /// <summary>Bounds the queries of WITH and makes them known. Recursive ones may name those that follow.</summary>
    public void AddCommon(CommonTable[] tables, Scope scope)
    {
        var waiting = tables.Select(t => (Table: t, Names: t.IsRecursive ? Mentions(t) : [])).ToList();
        while (waiting.Count > 0 && Spend(waiting.Count * waiting.Count / 16))
        {
            var next = Math.Max(0, waiting.FindIndex(w => w.Names.Count == 0 || !waiting.Exists(o => o.Table != w.Table && w.Names.Contains(o.Table.Name))));
            AddCommon(waiting[next].Table, scope);
            waiting.RemoveAt(next);
        }
    }

    private static HashSet<string> Mentions(CommonTable table) =>
        Facts.SqlNames.Of(table).Tables.Where(t => t.Parts.Length == 1).Select(t => t.Last).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private void AddCommon(CommonTable common, Scope scope)
    {
        if (common.Write is { } write)
        {
            var returned = new WriteBounds(this).Of(write, scope);
            scope.Add(common.Name, new Scope.Known(new QueryReach(returned)));
            return;
        }

        var query = common.Query ?? new Query();

        // Without a union it takes the table of its own name.
        var reach = common.IsRecursive && query.Sides is not null ? Recursive(common, query, scope) : Of(query, scope);
        var source = SourceReader.Of(new FromItem.Table(new TableName([common.Name])) { Columns = common.Columns }, reach);
        scope.Add(common.Name, new Scope.Known(reach with
        {
            Keys = source.Keys,
            Numbers = source.Numbers,
            Columns = source.Columns?.Select(c => (c.Key, c.Value)).ToArray(),
        }));
    }

    /// <summary>What a recursive query adds for each round comes out without bound.</summary>
    private QueryReach Recursive(CommonTable common, Query query, Scope scope)
    {
        var inner = new Scope(scope);
        var start = query.Sides is { } sides ? Of(sides.Left, Self(common, inner, null)) : null;
        var self = Self(common, inner, start);
        var reach = Of(query, self);
        if (self.Find(common.Name) is not { IsUsed: true })
        {
            return reach;
        }

        // Only constants bind the rows of all rounds: the row before gives each of them another key.
        var around = ConstantsOnly;
        ConstantsOnly = true;
        var rounds = query.Sides is { } both ? Of(both.Right, Self(common, inner, null)).Reach : reach.Reach;
        ConstantsOnly = around;
        var more = rounds.Each > 0 || rounds.Packed > 0 ? Reach.Unbounded : 0;
        if (more > 0)
        {
            Note("a recursive query takes rows in every round");
        }

        // What each round adds may be gathered in one value.
        return new QueryReach((reach.Reach with { Packed = Reach.Add(reach.Reach.Packed, more), Rows = Reach.Unbounded }).Within(query.Limit)) { Columns = start?.Columns };
    }

    private static Scope Self(CommonTable common, Scope parent, QueryReach? start)
    {
        var scope = new Scope(parent);
        scope.Add(common.Name, new Scope.Known(start is null
            ? new QueryReach(Reach.Nothing with { Rows = Reach.Unbounded })
            : start with { Reach = start.Reach with { Rows = Reach.Unbounded }, Numbers = [] }));
        return scope;
    }

    private sealed class ByReference : IEqualityComparer<(Query Query, Scope Scope)>
    {
        public bool Equals((Query Query, Scope Scope) x, (Query Query, Scope Scope) y) => ReferenceEquals(x.Query, y.Query) && ReferenceEquals(x.Scope, y.Scope);

        public int GetHashCode((Query Query, Scope Scope) obj) => HashCode.Combine(
            System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj.Query), System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj.Scope));
    }
}

using System.Collections.Frozen;
using Chaperone.Policy.Sql.Known;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Bounds;

/// <summary>Bounds one SELECT.</summary>
internal sealed class SelectBounds
{
    private const int MostOutputs = 200;

    private readonly RowBounds _bounds;
    private readonly Query _query;
    private readonly Scope _scope;
    private readonly SourceReader _from;
    private readonly Binder _binder;
    private readonly Naming _naming;
    private readonly Expression[] _outputs;

    public SelectBounds(RowBounds bounds, Query query, Scope scope)
    {
        _bounds = bounds;
        _query = query;
        _scope = scope;
        _from = new SourceReader(bounds, scope);
        foreach (var item in query.From)
        {
            _from.Take(item);
        }

        var conditions = _from.Conditions.Concat(Condition.Of(query.Where, 0, _from.Sources.Count)).ToArray();
        _binder = new Binder(_from.Sources, conditions, scope, bounds.Dialect, RowsOf, bounds);
        _naming = new Naming(_from.Sources, _binder, query);
        _outputs = [.. query.Outputs.Select(o => o.Value)];
        scope.Rows = _binder;
    }

    /// <summary>What an expression over its rows says of people.</summary>
    public ColumnNature NatureOf(Expression expression)
    {
        _binder.Bind();
        return _naming.NatureOf(expression);
    }

    /// <summary>Whether the source <paramref name="index"/> is bound.</summary>
    public bool IsBound(int index)
    {
        _binder.Bind();
        return _binder.BoundOf(index) is not null;
    }

    /// <summary>What it hands out.</summary>
    public QueryReach Of()
    {
        _binder.Bind();
        var taken = Taken();
        var shown = _outputs.Concat(_query.Others).ToArray();
        var aggregates = Walk.All(shown).Where(Walk.IsAggregate).ToArray();
        var isGrouped = _query.IsGrouped || aggregates.Length > 0;
        var rows = RowsOut(taken, isGrouped);
        var seen = new Nested(this).Of(shown, rows, isTest: false);
        var outer = seen.PacksOuter;
        var tested = new Nested(this).Of([.. new[] { _query.Where }.OfType<Expression>(), .. _from.Expressions, .. _query.LimitParts, .. _query.GroupBy], isGrouped ? 0 : rows, isTest: true);
        var reach = Handed(taken, shown, aggregates, isGrouped, outer) with { Rows = rows };
        reach = (reach.And(seen.Reach with { Rows = 0 }).And(tested.Reach with { Rows = 0 })) with { Rows = rows };
        reach = Unknown(shown, reach);
        return new QueryReach(reach)
        {
            Keys = KeysOf(isGrouped, shown, seen.Reach),
            Numbers = seen.Reach.Phi > 0 || reach.Packed > 0 || PeopleInARow() > 1 ? [] : RowNumbers.Of(_query, shown, _from.Sources, _binder, _bounds.Dialect),
            Columns = ColumnsOf(),
            PacksOuter = PacksOuter(),
        };
    }

    /// <summary>What comes out of FROM, each source bound as far as it is.</summary>
    private Reach Taken()
    {
        var total = new Reach(0, 0, 0, 1);
        var counted = new HashSet<object>();
        for (var i = 0; i < _from.Sources.Count; i++)
        {
            var source = _from.Sources[i];
            if (source.Lateral is { } lateral)
            {
                // Runs for each row of what stands before it.
                source.Reach = _bounds.Of(lateral, _scope).Reach.Times(IsPlain() ? Math.Min(total.Rows, _query.Limit ?? total.Rows) : total.Rows);
            }

            var reach = Bind(i, source);
            if (_binder.BoundOf(i) is { } bound && source.Reach.IsUnbounded && !counted.Add(bound.Origin))
            {
                // The same people again.
                reach = reach with { Fixed = 0, Each = 0 };
            }

            // What is joined to a key of these people are the same ones.
            counted.UnionWith(source.HasPhi ? source.Keys.Select(k => (object)(source, k)) : []);
            total = total.And(reach) with { Rows = Reach.Multiply(total.Rows, source.Lateral is null ? reach.Rows : Math.Max(1, reach.Rows / Math.Max(1, total.Rows))) };
        }

        return total;
    }

    /// <summary>Whether each row that comes out is one that was taken.</summary>
    private bool IsPlain() => !_query.IsGrouped && !_query.IsPacked && !Walk.All(_outputs.Concat(_query.Others)).Any(e => e is Expression.Call { IsWindow: true } || Walk.IsAggregate(e) || Walk.IsPacking(e));

    private Reach Bind(int index, Source source)
    {
        var reach = source.Reach;
        if (source.Statistics is { } statistics && HandsOut(statistics, source))
        {
            _bounds.Note("reads statistics that hold values of other tables");
            return reach with { Packed = Reach.Unbounded };
        }

        if (reach.Each < Reach.Unbounded || _binder.BoundOf(index) is not { } bound)
        {
            if (reach.Each >= Reach.Unbounded && !_query.IsGrouped && _query.Limit is null)
            {
                _bounds.Note("takes rows of PHI without a bound");
            }

            return reach;
        }

        return bound.IsFixed ? new Reach(bound.Count, 0, reach.Packed, bound.Count) : new Reach(0, bound.Count, reach.Packed, bound.Count);
    }

    private bool HandsOut(SqlStatistics statistics, Source source)
    {
        var all = Walk.All(_outputs.Concat(_query.Others).Concat(_query.GroupBy).Concat(new[] { _query.Where }.OfType<Expression>()).Concat(_from.Expressions)).ToArray();
        var touches = source.Columns is not null || all.Any(e => e is Expression.Star
            || (e is Expression.Column column && (statistics.Raw.Contains(column.Last.ToLowerInvariant()) || string.Equals(column.Last, source.Name, StringComparison.OrdinalIgnoreCase))));

        // Statistics of one table that holds no PHI are no secret; an index has some of its own, and is named for its table.
        return touches && !Condition.Of(_query.Where, 0, 1).Any(c => c.Term is Expression.Equal { Left: Expression.Column owner, Right: Expression.Constant { Text: { } table } }
            && statistics.Owner.Contains(owner.Last.ToLowerInvariant()) && IsOf(owner, source) && _bounds.IsNamedForNone(table));
    }

    private bool IsOf(Expression.Column column, Source source) => column.Relation is { } relation
        ? string.Equals(relation, source.Name, StringComparison.OrdinalIgnoreCase)
        : _from.Sources.Count == 1;

    private long RowsOut(Reach taken, bool isGrouped)
    {
        var many = Walk.All(_outputs).OfType<Expression.Call>().Where(c => SqlFunctions.IsMany(c.Last)).Select(SourceReader.RowsOf).DefaultIfEmpty(1).Max();
        var rows = Reach.Multiply(Math.Max(1, _query.ValueRows ?? (isGrouped && !_query.IsGrouped ? 1 : taken.Rows)), many);
        return _query.Limit is { } limit ? Math.Min(rows, limit) : rows;
    }

    private Reach Handed(Reach taken, Expression[] shown, Expression[] aggregates, bool isGrouped, bool packsOuter)
    {
        if (taken.Phi == 0)
        {
            return taken;
        }

        if (packsOuter || Walk.All(shown).Any(_naming.IsPackingPeople))
        {
            if (taken.IsUnbounded)
            {
                _bounds.Note("packs rows without a bound into one value");
            }

            return new Reach(taken.Fixed, 0, Reach.Add(taken.Each, taken.Packed), taken.Rows);
        }

        var reach = (isGrouped && aggregates.Length > 0) || IsListOfCategories() ? Aggregated(taken) : Within(taken);
        return _query.IsPacked ? new Reach(reach.Fixed, 0, Reach.Add(reach.Each, reach.Packed), reach.Rows) : reach;
    }

    /// <summary>A list of wards or codes, each once.</summary>
    private bool IsListOfCategories() => (_query.IsDistinct || _query.IsGrouped) && _outputs.Length > 0 && !_outputs.Any(_naming.IsIn) && !_query.GroupBy.Any(IsNamingGroup)
        && !_query.Others.Any(_naming.IsIn);

    /// <summary>What is left in at most so many rows, each of which may hold several people.</summary>
    private Reach Within(Reach taken)
    {
        if (_query.Limit is not { } limit)
        {
            return taken;
        }

        var people = PeopleInARow() + Walk.All(_outputs).Count(e => Walk.IsOfAnotherRow(e) && _naming.IsIn(e));
        return taken.Within(Reach.Multiply(limit, Math.Max(1, people)));
    }

    /// <summary>How many sources of PHI are not tied to each other by a key.</summary>
    private int PeopleInARow()
    {
        var groups = Enumerable.Range(0, _from.Sources.Count).ToArray();
        foreach (var term in _from.Conditions.Concat(Condition.Of(_query.Where, 0, _from.Sources.Count)).Select(c => c.Term).OfType<Expression.Equal>())
        {
            if (_binder.Resolve(term.Left) is { } a && _binder.Resolve(term.Right) is { } b && a.Column == b.Column
                && (_from.Sources[a.Source].Keys.Contains(a.Column) || _from.Sources[b.Source].Keys.Contains(b.Column)))
            {
                var (from, to) = (groups[a.Source], groups[b.Source]);
                groups = [.. groups.Select(g => g == from ? to : g)];
            }
        }

        return groups.Where((_, i) => _from.Sources[i].HasPhi && _binder.BoundOf(i) is null && _from.Sources[i].Lateral is null).Distinct().Count();
    }

    /// <summary>An aggregate over many people hands out nobody, unless it is by person or hands out one of their values.</summary>
    private Reach Aggregated(Reach taken)
    {
        if (_query.IsGrouped)
        {
            if (_query.GroupBy.Any(IsNamingGroup) || _outputs.Any(_naming.IsIn))
            {
                if (taken.IsUnbounded && _query.Limit is null)
                {
                    _bounds.Note("groups rows of PHI by what names a person");
                }

                return Within(taken);
            }

            return taken with { Fixed = 0, Each = 0 };
        }

        if (_query.IsDistinct && !Walk.All(_outputs).Any(Walk.IsAggregate))
        {
            return taken with { Fixed = 0, Each = 0 };
        }

        // One value of one person for each aggregate that hands out a value.
        var values = Walk.All(_outputs).Count(e => e is Expression.Call call && Walk.IsAggregate(e) && _naming.IsIn(call));
        return taken with { Fixed = 0, Each = _outputs.Any(_naming.IsIn) ? Math.Max(1, values) : 0 };
    }

    /// <summary>GROUP BY 2 groups by the second output.</summary>
    private bool IsNamingGroup(Expression expression) =>
        expression is Expression.Constant { IsNumber: true, Text: { } text } && int.TryParse(text, out var position) && position >= 1 && position <= _outputs.Length
            ? _naming.IsIn(_outputs[position - 1])
            : _naming.IsIn(expression);

    /// <summary>A function that is not known may read everything.</summary>
    private Reach Unknown(Expression[] shown, Reach reach)
    {
        var all = shown.Concat(_query.GroupBy).Concat(_from.Expressions).Concat(_query.LimitParts).Concat(new[] { _query.Where }.OfType<Expression>());
        if (!Walk.All(all).Any(e => e is Expression.Call call && _bounds.MayRead(call)))
        {
            return reach;
        }

        _bounds.Note("calls a function that is not known");
        return reach with { Packed = Reach.Unbounded };
    }

    private FrozenSet<string> KeysOf(bool isGrouped, Expression[] shown, Reach seen)
    {
        var open = Enumerable.Range(0, _from.Sources.Count).Where(IsOpen).ToArray();
        if (open.Length == 0 || seen.Phi > 0 || _query.IsPacked || Walk.All(shown).Any(e => e is Expression.Call { IsWindow: true } || Walk.IsPacking(e)))
        {
            return [];
        }

        var candidates = new Dictionary<string, (int, string)>(StringComparer.Ordinal);
        foreach (var output in _query.Outputs.Take(MostOutputs))
        {
            AddCandidates(output, isGrouped, candidates);
        }

        var keys = candidates.Where(c => Closes(c.Value, open)).Select(c => c.Key).ToFrozenSet(StringComparer.Ordinal);
        _binder.Bind();
        return keys;
    }

    private bool IsOpen(int source) => _from.Sources[source].Reach.Each >= Reach.Unbounded && _binder.BoundOf(source) is null;

    private void AddCandidates(Output output, bool isGrouped, Dictionary<string, (int, string)> candidates)
    {
        if (output.Value is Expression.Star star && !isGrouped)
        {
            for (var i = 0; i < _from.Sources.Count; i++)
            {
                if (star.Relation is null || string.Equals(star.Relation, _from.Sources[i].Name, StringComparison.OrdinalIgnoreCase))
                {
                    foreach (var key in _from.Sources[i].Keys)
                    {
                        candidates.TryAdd(key, (i, key));
                    }
                }
            }
        }
        else if (output.KnownName is { } name && _binder.Resolve(output.Value) is { } column)
        {
            candidates[name.ToLowerInvariant()] = column;
        }
    }

    private bool Closes((int, string) column, int[] open)
    {
        _binder.Bind(column);
        return !open.Any(IsOpen);
    }

    private (string Name, ColumnNature Nature)[]? ColumnsOf() => _outputs.Any(o => o is Expression.Star || Walk.All(o).Any(e => e is Expression.Star))
        ? null
        : [.. _query.Outputs.Select(o => (o.KnownName?.ToLowerInvariant() ?? "", _naming.NatureOf(o.Value)))];

    /// <summary>An aggregate whose columns all belong to the query around works over that query's rows.</summary>
    private bool PacksOuter()
    {
        var names = _from.Sources.Select(s => s.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Walk.All(_outputs).Any(e => Walk.IsPacking(e) && (_from.Sources.Count == 0
            || Walk.All(e).Any(p => p is Expression.Column { Relation: { } relation } && !names.Contains(relation))));
    }

    /// <summary>Whether a nested query tells of rows without PHI only which wards, codes and the like occur with people.</summary>
    private bool IsTieOfCategories(Expression.Nested nested) => nested.Use is NestedUse.Exists or NestedUse.Member
        && nested.Query is { Sides: null, With: [], IsPacked: false } query && query.From.All(f => f is FromItem.Table { Columns: [] })
        && Walk.All(query.Outputs.Select(o => o.Value).Concat(new[] { query.Where }.OfType<Expression>()).Concat(query.GroupBy).Concat(query.Others)).All(e => e switch
        {
            Expression.Nested or Expression.Star or Expression.Call { IsWindow: true } => false,
            Expression.Column { Relation: { } relation } column when _binder.IndexOf(relation) is { } source => !_from.Sources[source].HasPhi,
            Expression.Column column => ColumnWords.IsCategory(column.Last),
            _ => true,
        });

    /// <summary>What a query for which a column must be a member gives; null when it may differ from row to row.</summary>
    private Reach? RowsOf(Query query) => Correlation.IsIn(query, _bounds.FindPhi) ? null : _bounds.Of(query, _scope).Reach;

    /// <summary>Looks into the queries nested in expressions.</summary>
    private sealed class Nested(SelectBounds select)
    {
        public (Reach Reach, bool PacksOuter) Of(IEnumerable<Expression> expressions, long rows, bool isTest)
        {
            var total = new Reach(0, 0, 0, 0);
            var packsOuter = false;
            foreach (var nested in Walk.All(expressions).OfType<Expression.Nested>())
            {
                var inner = select._bounds.Of(nested.Query, select._scope);
                packsOuter |= inner.PacksOuter;
                var times = Correlation.IsIn(nested.Query, select._bounds.FindPhi) ? Math.Max(rows, 1) : 1;
                if (select.IsTieOfCategories(nested))
                {
                    continue;
                }

                total = total.And(isTest || nested.Use is NestedUse.Exists or NestedUse.Member or NestedUse.Compared
                    ? Tested(inner.Reach, times, rows)
                    : Shown(nested, inner.Reach, times));
            }

            return (total, packsOuter);
        }

        /// <summary>A test tells one thing of a row that comes out.</summary>
        private static Reach Tested(Reach inner, long times, long rows)
        {
            var told = Math.Min(Reach.Add(Reach.Multiply(inner.Each, times), inner.Fixed), rows);
            return new Reach(0, told, inner.Packed, 0);
        }

        private static Reach Shown(Expression.Nested nested, Reach inner, long times)
        {
            var reach = inner.Times(times);
            return nested.Use == NestedUse.Packed ? new Reach(reach.Fixed, 0, Reach.Add(reach.Each, reach.Packed), 0) : reach;
        }
    }
}

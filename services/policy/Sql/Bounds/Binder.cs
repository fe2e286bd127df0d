using Chaperone.Policy.Sql.Known;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Bounds;

/// <summary>
/// Finds which columns of a query's sources can have only a few values: those equal to constants, to columns that are bound
/// themselves, or to columns of sources of few rows.
/// </summary>
internal sealed class Binder(IReadOnlyList<Source> sources, IReadOnlyList<Condition> conditions, Scope scope, SqlDialect dialect, Func<Query, Reach?> rowsOf, RowBounds bounds)
{
    private const int MostRounds = 32;

    private readonly Dictionary<(int Source, string Column), Bound> _columns = [];
    private readonly Dictionary<int, Bound> _sources = [];
    private readonly bool _constantsOnly = bounds.ConstantsOnly;
    private bool _changed;

    /// <summary>The source that goes by <paramref name="relation"/>; null when none or several do.</summary>
    public int? IndexOf(string relation)
    {
        int? found = null;
        for (var i = 0; i < sources.Count; i++)
        {
            if (string.Equals(sources[i].Name, relation, StringComparison.OrdinalIgnoreCase))
            {
                if (found is not null)
                {
                    return null;
                }

                found = i;
            }
        }

        return found;
    }

    /// <summary>How <paramref name="column"/> of a source is bound; null when nothing binds it.</summary>
    public Bound? BoundOf(int source, string column) => _columns.TryGetValue((source, column.ToLowerInvariant()), out var bound) ? bound : null;

    /// <summary>How a source is bound by its keys; null when nothing binds it.</summary>
    public Bound? BoundOf(int source)
    {
        Bound? best = _sources.TryGetValue(source, out var direct) ? direct : null;
        foreach (var key in sources[source].Keys.Concat(sources[source].Numbers))
        {
            if (_columns.TryGetValue((source, key), out var bound))
            {
                best = best is { } known ? Bound.Better(known, bound) : bound;
            }
        }

        return best;
    }

    /// <summary>The source and the name of a column; null when it is not known or not one of these sources.</summary>
    public (int Source, string Column)? Resolve(Expression expression)
    {
        if (Bare(expression) is not { } column)
        {
            return null;
        }

        var name = column.Last.ToLowerInvariant();
        if (column.Relation is { } relation)
        {
            return IndexOf(relation) is { } index ? (index, name) : null;
        }

        int? found = null;
        for (var i = 0; i < sources.Count; i++)
        {
            if (sources[i].Keys.Contains(name) || sources[i].Numbers.Contains(name) || sources[i].Columns?.ContainsKey(name) == true)
            {
                // Several can have it only where USING has made them one; the others are then equal to the first.
                found ??= i;
            }
        }

        return found is { } known ? (known, name) : sources.Count == 1 ? (0, name) : null;
    }

    /// <summary>Finds all bounds, <paramref name="given"/> columns taken as bound to one value.</summary>
    public void Bind((int Source, string Column)? given = null)
    {
        _columns.Clear();
        _sources.Clear();
        if (given is { } column)
        {
            _columns[column] = new Bound(1, true, this);
        }

        foreach (var (ranged, count) in KeyRanges.Of(conditions, sources, Resolve, dialect))
        {
            Set(ranged, new Bound(count, true, (ranged.Source, count)));
        }

        _changed = true;
        for (var round = 0; _changed && round < MostRounds && bounds.Spend(conditions.Count + 1); round++)
        {
            _changed = false;
            foreach (var condition in conditions)
            {
                Apply(condition);
            }
        }
    }

    private void Apply(Condition condition)
    {
        switch (condition.Term)
        {
            case Expression.Equal equal:
                Set(condition, equal.Left, ValuesOf(equal.Right));
                Set(condition, equal.Right, ValuesOf(equal.Left));
                break;
            case Expression.In @in:
                ApplyIn(condition, @in);
                break;
            case Expression.Nested { Use: NestedUse.Member, Value: { } value } member:
                Set(condition, value, rowsOf(member.Query) is { } rows && rows.Rows < Reach.Unbounded && !_constantsOnly ? new Bound(rows.Rows, true, member.Query) : null);
                break;
            case Expression.Or any:
                ApplyOr(condition, any);
                break;
        }
    }

    private void ApplyIn(Condition condition, Expression.In @in)
    {
        if (@in.Value is not Expression.Row row)
        {
            Set(condition, @in.Value, CountOf(@in.Items));
            return;
        }

        for (var i = 0; i < row.Items.Length; i++)
        {
            var items = @in.Items.Select(item => item is Expression.Row r && i < r.Items.Length ? r.Items[i] : null).ToArray();
            Set(condition, row.Items[i], items.All(x => x is not null) ? CountOf(items!) : null);
        }
    }

    /// <summary>A source is bound by OR when each side binds it; the counts add up.</summary>
    private void ApplyOr(Condition condition, Expression.Or any)
    {
        var sides = any.Terms.Select(t => Condition.Of(t, 0, sources.Count).ToArray()).ToArray();
        for (var i = 0; i < sources.Count; i++)
        {
            if (!condition.HoldsFor(i) || sources[i].Keys.Count == 0 || _sources.ContainsKey(i))
            {
                continue;
            }

            long total = 0;
            foreach (var side in sides)
            {
                var counts = side.Select(t => KeyCount(t.Term, i)).OfType<long>().ToArray();
                total = counts.Length == 0 ? Reach.Unbounded : Reach.Add(total, counts.Min());
            }

            if (total < Reach.Unbounded)
            {
                _sources[i] = new Bound(total, true, any);
                _changed = true;
            }
        }
    }

    private long? KeyCount(Expression term, int source) => term switch
    {
        Expression.Equal e when IsKey(e.Left, source) && IsSingle(e.Right) => 1,
        Expression.Equal e when IsKey(e.Right, source) && IsSingle(e.Left) => 1,
        Expression.In i when IsKey(i.Value, source) && i.Items.All(IsSingle) => i.Items.Length,
        Expression.And all => all.Terms.Select(t => KeyCount(t, source)).Append(RangeOf(term, source)).Min(),
        Expression.Within => RangeOf(term, source),
        Expression.Or any => any.Terms.Select(t => KeyCount(t, source)).Aggregate((long?)0, (sum, count) => sum + count),
        _ => null,
    };

    private long? RangeOf(Expression term, int source) =>
        KeyRanges.Of([.. Condition.Of(term, source, source + 1)], sources, Resolve, dialect).Select(r => (long?)r.Count).Min();

    private bool IsKey(Expression expression, int source) => Resolve(expression) is { } column && column.Source == source && sources[source].Keys.Contains(column.Column);

    private void Set(Condition condition, Expression target, Bound? bound)
    {
        if (bound is { } found && Resolve(target) is { } column && condition.HoldsFor(column.Source))
        {
            Set(column, found);
        }
    }

    private void Set((int Source, string Column) column, Bound found)
    {
        if (sources[column.Source].Numbers.Contains(column.Column))
        {
            // Which rows have these numbers, each query decides anew.
            found = new Bound(found.Count, false, (sources[column.Source], "rows"));
        }

        var better = _columns.TryGetValue(column, out var known) ? Bound.Better(known, found) : found;
        if (better.Count != known.Count || better.IsFixed != known.IsFixed || known.Origin is null)
        {
            _columns[column] = better;
            _changed = true;
        }
    }

    private Bound? CountOf(Expression[] items) => items.All(IsSingle) ? new Bound(items.Length, true, items) : null;

    /// <summary>How many values <paramref name="expression"/> can have; null when that is not known.</summary>
    private Bound? ValuesOf(Expression expression)
    {
        if (IsSingle(expression))
        {
            return new Bound(1, true, expression);
        }

        if (expression is Expression.Nested { Use: NestedUse.Value } nested && !_constantsOnly && rowsOf(nested.Query) is not null)
        {
            return new Bound(1, true, expression);
        }

        if (Resolve(expression) is { } column)
        {
            var source = sources[column.Source];
            if (source.Numbers.Contains(column.Column))
            {
                // The keys of other people that these numbers are.
                return BoundOf(column.Source, column.Column) is { } numbers ? numbers with { Origin = (source, "numbers") } : null;
            }

            return BoundOf(column.Source, column.Column) ?? BoundOf(column.Source)
                ?? (source.Reach.Rows < Reach.Unbounded && source.Lateral is null && !_constantsOnly ? new Bound(source.Reach.Rows, true, (source, column.Column)) : null);
        }

        return Bare(expression) is { Relation: { } relation } outer ? scope.FindOuter(relation, outer.Last) : null;
    }

    /// <summary>Whether it is one and the same value for every row.</summary>
    private bool IsSingle(Expression expression) => expression switch
    {
        // With ANSI_NULLS off, = NULL holds for every row without a value.
        Expression.Constant { Text: null } => false,

        // MySQL compares texts with numbers as numbers: every text that starts with a letter equals 0.
        Expression.Constant constant => dialect != SqlDialect.MySql || (constant.Text is { } text && !(constant.IsNumber && text.Trim('0', '.', '-', '+').Length == 0) && text is not ("true" or "false")),
        Expression.Parameter => true,
        Expression.Cast cast => IsSingle(cast.Value),
        Expression.Call call => !call.IsWindow && call.Clauses.Length == 0 && !SqlFunctions.IsVolatile(call.Last) && call.Arguments.All(IsSingle)
            && !SqlFunctions.IsPacking(call.Last) && !SqlFunctions.IsValue(call.Last) && call.Last is not ("unnest" or "generate_series"),
        Expression.Other other => other.Items.Length > 0 && dialect != SqlDialect.MySql && other.Items.All(IsSingle),
        _ => false,
    };

    /// <summary>The column that an expression is, whatever its type; a cast that can cut a value makes another one of it.</summary>
    private static Expression.Column? Bare(Expression expression) => expression switch
    {
        Expression.Column column => column,
        Expression.Call { Last: "lower" or "upper" or "trim" or "btrim" or "ltrim" or "rtrim", Arguments: [var inner], IsWindow: false } => Bare(inner),
        Expression.Cast { Type: "text" or "varchar" or "bpchar" or "int4" or "int8" or "bigint" or "int" or "integer" or "numeric" or "decimal" or "uuid" or "string" or "nvarchar" or "uniqueidentifier" } cast => Bare(cast.Value),
        _ => null,
    };
}

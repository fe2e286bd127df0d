using System.Collections.Frozen;
using Chaperone.Policy.Sql.Known;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Bounds;

/// <summary>Makes the sources and the conditions of one FROM.</summary>
internal sealed class SourceReader(RowBounds bounds, Scope scope)
{
    private readonly List<Source> _sources = [];
    private readonly List<Condition> _conditions = [];
    private readonly List<Expression> _expressions = [];

    /// <summary>The sources, in order.</summary>
    public IReadOnlyList<Source> Sources => _sources;

    /// <summary>What joins say of them.</summary>
    public List<Condition> Conditions => _conditions;

    /// <summary>Conditions of joins and arguments of functions, to look into.</summary>
    public List<Expression> Expressions => _expressions;

    /// <summary>Takes one item of FROM.</summary>
    public void Take(FromItem item)
    {
        switch (item)
        {
            case FromItem.Table table:
                _sources.Add(TableOf(table));
                break;
            case FromItem.Derived { IsLateral: true } lateral:
                _sources.Add(new Source { Name = lateral.Alias, Reach = Reach.Nothing with { Rows = Reach.Unbounded }, Lateral = lateral.Query });
                break;
            case FromItem.Derived derived:
                _sources.Add(Of(derived, bounds.Of(derived.Query, scope)));
                break;
            case FromItem.Functions functions:
                _expressions.AddRange(functions.Calls);
                _sources.Add(FunctionsOf(functions));
                break;
            case FromItem.Join join:
                TakeJoin(join);
                break;
        }
    }

    private void TakeJoin(FromItem.Join join)
    {
        var start = _sources.Count;
        Take(join.Left);
        var middle = _sources.Count;
        Take(join.Right);
        var end = _sources.Count;

        // The side that keeps rows without a partner does not fulfil the condition.
        var (first, last) = join.Kind switch
        {
            JoinKind.Inner => (start, end),
            JoinKind.Left => (middle, end),
            JoinKind.Right => (start, middle),
            _ => (start, start),
        };
        if (join.On is { } on)
        {
            _expressions.Add(on);
            _conditions.AddRange(Condition.Of(on, first, end: last));
        }

        var shared = join.IsNatural
            ? _sources.Skip(start).SelectMany(s => s.Keys.Concat(s.Columns?.Keys ?? [])).Distinct(StringComparer.Ordinal).ToArray()
            : join.Using;
        foreach (var column in shared)
        {
            Share(column, (start, middle, end), (first, last), join.IsNatural);
        }
    }

    // Sides without a column in common are joined by nothing.
    private static bool MayHave(Source source, string column) => source.Keys.Contains(column) || source.Columns?.ContainsKey(column) == true
        || (source is { Columns: null, HasPhi: false, Lateral: null } && source.Reach.Rows >= Reach.Unbounded);

    private void Share(string column, (int Start, int Middle, int End) at, (int First, int End) holds, bool isNatural)
    {
        for (var left = at.Start; left < at.Middle; left++)
        {
            for (var right = at.Middle; right < at.End; right++)
            {
                if (_sources[left].Name is { } a && _sources[right].Name is { } b && (!isNatural || (MayHave(_sources[left], column) && MayHave(_sources[right], column))))
                {
                    _conditions.Add(new Condition(new Expression.Equal(new Expression.Column([a, column]), new Expression.Column([b, column])), holds.First, holds.End));
                }
            }
        }
    }

    private Source TableOf(FromItem.Table table)
    {
        var name = (table.Alias ?? table.Name.Last).ToLowerInvariant();
        if (table.Name.Parts.Length == 1 && scope.Find(table.Name.Last) is { } common)
        {
            common.IsUsed = true;
            return Of(table with { Alias = name }, Once(common.Reach));
        }

        var phi = bounds.FindPhi(table.Name);
        var columns = table.Columns;
        return new Source
        {
            Name = name,
            Reach = new Reach(0, phi is null ? 0 : Reach.Unbounded, 0, Reach.Unbounded),

            // New names hide which column is the key.
            Keys = columns.Length == 0 ? phi?.Keys ?? [] : [],
            Table = columns.Length == 0 ? phi : null,
            Columns = columns.Length == 0 ? null : Names(columns.Select(c => (c, phi is null ? ColumnNature.Category : ColumnNature.Person))),
            Statistics = SqlStatistics.Find(table.Name),
        };
    }

    /// <summary>A common table runs once, however often it is named.</summary>
    private static QueryReach Once(QueryReach reach) => reach.Reach.Each >= Reach.Unbounded
        ? reach
        : reach with { Reach = reach.Reach with { Fixed = Reach.Add(reach.Reach.Fixed, reach.Reach.Each), Each = 0 } };

    /// <summary>A source made of a query.</summary>
    public static Source Of(FromItem item, QueryReach reach)
    {
        var columns = Rename(reach.Columns, item.Columns);
        return new Source
        {
            Name = item.Alias?.ToLowerInvariant(),
            Reach = reach.Reach,
            Keys = Renamed(reach.Keys),
            Numbers = Renamed(reach.Numbers),
            Columns = columns is null ? null : Names(columns),
        };

        FrozenSet<string> Renamed(FrozenSet<string> names) => item.Columns.Length == 0 ? names : reach.Columns is null ? []
            : reach.Columns.Zip(columns!, (was, now) => (Was: was.Name, Now: now.Name)).Where(p => names.Contains(p.Was)).Select(p => p.Now).ToFrozenSet(StringComparer.Ordinal);
    }

    private static IReadOnlyList<(string Name, ColumnNature Nature)>? Rename(IReadOnlyList<(string Name, ColumnNature Nature)>? columns, string[] names) =>
        columns is null ? names.Length == 0 ? null : [.. names.Select(n => (n, ColumnNature.Person))] : [.. columns.Select((c, i) => i < names.Length ? (names[i].ToLowerInvariant(), c.Nature) : c)];

    private Source FunctionsOf(FromItem.Functions functions)
    {
        // What a query in the arguments hands out comes out of the function.
        var phi = Walk.All(functions.Calls).OfType<Expression.Nested>().Aggregate(0L, (sum, n) => Reach.Add(sum, bounds.Of(n.Query, scope).Reach.Phi));
        var name = functions.Alias ?? (functions.Calls is [Expression.Call call] ? call.Last : null);
        return new Source
        {
            Name = name?.ToLowerInvariant(),
            Reach = new Reach(0, phi, 0, RowsOf(functions)),
            Columns = Names((functions.Columns.Length > 0 ? functions.Columns : name is null ? [] : [name]).Select(c => (c, phi > 0 ? ColumnNature.Person : ColumnNature.Category))),
        };
    }

    private static long RowsOf(FromItem.Functions functions) => functions.Calls is [Expression.Call call] ? RowsOf(call) : Reach.Unbounded;

    /// <summary>How many rows a function makes of one: as many as an array of constants has values.</summary>
    public static long RowsOf(Expression.Call call) =>
        call is { Last: "unnest", Arguments: [Expression.Other array] } && array.Items.All(i => i is Expression.Constant) ? array.Items.Length : Reach.Unbounded;

    private static Dictionary<string, ColumnNature> Names(IEnumerable<(string Name, ColumnNature Nature)> columns)
    {
        var names = new Dictionary<string, ColumnNature>(StringComparer.Ordinal);
        foreach (var (name, nature) in columns)
        {
            names[name.ToLowerInvariant()] = nature;
        }

        return names;
    }
}

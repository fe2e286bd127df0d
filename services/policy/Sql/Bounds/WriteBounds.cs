using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Bounds;

/// <summary>Bounds what a statement that writes takes from tables with PHI, to hand out or to store where it can be read.</summary>
internal sealed class WriteBounds(RowBounds bounds)
{
    /// <summary>What it returns; what it stores is counted aside.</summary>
    public Reach Of(Write write, Scope parent)
    {
        var scope = new Scope(parent);
        bounds.AddCommon(write.With, scope);

        if (write.Source is { } source)
        {
            bounds.AddAside(bounds.Of(source, scope).Reach);
        }

        var target = new FromItem.Table(write.Target) { Alias = write.Alias };
        var isPhi = bounds.FindPhi(write.Target) is not null;

        // Rows that are joined to set values are stored; in a table with PHI they are no further open than before, unless packed.
        FromItem[] from = write.Kind == StatementKind.Insert ? [] : [target, .. write.From];
        var stored = new Query { From = from, Where = write.Where, Outputs = [.. write.Values.Select(v => new Output(v))] };
        var taken = bounds.Of(stored, scope).Reach;
        bounds.AddAside(write.Values.Length > 0 && !isPhi ? taken with { Rows = 0 } : new Reach(0, 0, taken.Packed, 0));
        if (isPhi && MakesNamesLie(write, new SelectBounds(bounds, stored, scope)))
        {
            bounds.Note("gives columns of PHI values that their names do not tell");
            bounds.AddAside(new Reach(0, 0, Reach.Unbounded, 0));
        }

        if (write.Returning.Length == 0)
        {
            return new Reach(0, 0, 0, Reach.Unbounded);
        }

        // An INSERT returns what it was given.
        var isInsert = write.Kind == StatementKind.Insert || (write.Source is not null && write.From.Length == 0);
        var returned = new Query { From = isInsert ? [] : [target, .. write.From], Where = write.Where, Outputs = write.Returning, Limit = write.Limit, HasLimit = write.Limit is not null };
        return bounds.Of(returned, scope).Reach;
    }

    /// <summary>Whether keys of many people are set, or a column that parts people into groups is set to what names them.</summary>
    private bool MakesNamesLie(Write write, SelectBounds select)
    {
        var keys = bounds.FindPhi(write.Target)!.Keys;
        if (write.Assigned.Length > 0)
        {
            return !select.IsBound(0) && write.Assigned.Any(a => (write.Kind == StatementKind.Merge && write.Source is null && keys.Contains(a.Column.ToLowerInvariant()))
                || (!IsConstant(a.Value, write.Source) && Lies(a.Column, a.Value, select)));
        }

        if (write.Kind == StatementKind.Insert || write.Columns.Length == 0)
        {
            return false;
        }

        if (write.Columns.Any(c => keys.Contains(c.ToLowerInvariant())) && write.Kind == StatementKind.Update && !select.IsBound(0))
        {
            return true;
        }

        return write.Columns.Any(c => ColumnWords.IsCategory(c) || ColumnWords.IsMail(c)) && !select.IsBound(0) && (write.Columns.Length == write.Values.Length
            ? write.Columns.Zip(write.Values).Any(p => Lies(p.First, p.Second, select))
            : write.Values.Any(v => select.NatureOf(v) != ColumnNature.Category));
    }

    /// <summary>Whether a column whose name says that it names nobody is set to what does.</summary>
    private static bool Lies(string column, Expression value, SelectBounds select) => ColumnWords.IsMail(column)
        ? !IsMail(value) && select.NatureOf(value) != ColumnNature.Category
        : ColumnWords.IsCategory(column) && select.NatureOf(value) != ColumnNature.Category;

    private static bool IsMail(Expression value) => value switch
    {
        Expression.Call { Last: "lower" or "trim" or "btrim" or "ltrim" or "rtrim", Arguments: [var inner] } => IsMail(inner),
        Expression.Column column => ColumnWords.IsMail(column.Last),
        _ => false,
    };

    /// <summary>Whether it is one of the values that stand in the statement: <c>excluded.ward</c> of a row that is written out.</summary>
    private static bool IsConstant(Expression value, Query? source) => value is Expression.Column { Relation: { } relation } && relation.Equals("excluded", StringComparison.OrdinalIgnoreCase)
        && source?.ValueRows is not null && source.Outputs.All(o => o.Value is Expression.Constant or Expression.Parameter or Expression.Cast { Value: Expression.Constant });
}

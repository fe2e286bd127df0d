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

        // Rows that are joined to set values are stored; in a table with PHI they are no further open than before.
        var stored = new Query { From = write.From, Where = write.Where, Outputs = [.. write.Values.Select(v => new Output(v))] };
        if (write.Values.Length > 0 && write.From.Length > 0 && !isPhi)
        {
            bounds.AddAside(bounds.Of(stored with { From = [target, .. write.From] }, scope).Reach);
        }
        else
        {
            bounds.AddAside(bounds.Of(new Query { Outputs = [.. Expressions(write).Select(v => new Output(v))] }, scope).Reach);
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

    private static Expression[] Expressions(Write write) => write.Where is null ? write.Values : [.. write.Values, new Expression.Test([write.Where])];
}

using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Bounds;

/// <summary>Decides whether a script is a bulk read.</summary>
internal static class StatementBounds
{
    /// <summary>Why it is one; null when it is none.</summary>
    public static string? WhyBulk(Script script, SqlTerms terms)
    {
        var bounds = new RowBounds(terms);
        var scope = new Scope(null);
        var handles = new Handles();
        var total = new Reach(0, 0, 0, 0);
        foreach (var statement in script.Statements)
        {
            total = total.And(Of(statement, bounds, scope, handles));
        }

        total = total.And(handles.Unused).And(bounds.Aside);
        return bounds.IsSpent ? "is too complex to follow"
            : total.IsUnbounded ? bounds.Reason ?? "takes rows of PHI without a bound"
            : total.Phi > bounds.Most ? $"takes up to {total.Phi} rows of PHI, more than {bounds.Most}"
            : null;
    }

    private static Reach Of(Statement statement, RowBounds bounds, Scope scope, Handles handles)
    {
        var total = new Reach(0, 0, 0, 0);
        foreach (var inner in statement.Inner)
        {
            total = total.And(Of(inner, bounds, scope, handles));
        }

        if (statement.IsRepeated)
        {
            total = total.Times(Reach.Unbounded);
        }

        if (statement.Expressions.Length > 0 && statement.Kind != StatementKind.Ddl)
        {
            total = total.And(bounds.Of(new Query { Outputs = [.. statement.Expressions.Where(e => e is not Expression.Call { Last: var last } || !Known.SqlFunctions.IsOfCopy(last)).Select(e => new Output(e))] }, scope).Reach);
        }

        if (statement.Query is { } query)
        {
            total = total.And(bounds.Of(query, scope).Reach);
        }

        if (statement.Write is { } write)
        {
            total = total.And(new WriteBounds(bounds).Of(write, scope));
        }

        if (statement.Handle is { } handle)
        {
            total = handles.Take(handle, statement, total);
        }

        return WhyUnbounded(statement, bounds, handles) is { } why ? Without(bounds, why, total) : total;
    }

    private static string? WhyUnbounded(Statement statement, RowBounds bounds, Handles handles)
    {
        if (statement.IsOpaque && (statement.Handle is null || !handles.Knows(statement.Handle)))
        {
            return "runs what cannot be known";
        }

        if (statement.WholeTables.Any(t => bounds.FindPhi(t) is not null || Known.SqlStatistics.Find(t) is not null))
        {
            return "takes a table with PHI whole";
        }

        if (statement.Defines is { } name && (name.Length == 0 || !bounds.MayRead(new Expression.Call(name, []))))
        {
            return "gives what the database ships another meaning";
        }

        if (statement.IsRenaming && (statement.Tables.Length == 0 || statement.Tables.Any(t => bounds.FindPhi(t) is not null)))
        {
            return "gives a table with PHI another name";
        }

        return WhyNamesLie(statement, bounds);
    }

    private static string? WhyNamesLie(Statement statement, RowBounds bounds)
    {
        var tables = statement.Tables.Select(bounds.FindPhi).OfType<PhiTable>().ToArray();
        if (statement.KeepsAs is { } name && bounds.IsNamedForNone(name) && (statement.Tables.Length == 0 || statement.Tables.Any(t => !bounds.IsNamedForNone(t.Last))))
        {
            return "keeps values of a table with PHI under another name";
        }

        if (tables.Length > 0 && statement.Runs is { } function && bounds.MayRead(new Expression.Call(function, [])))
        {
            return "runs what cannot be known with each change of a table with PHI";
        }

        if (tables.Any(t => statement.Remade.Any(c => t.Keys.Contains(c.ToLowerInvariant()))))
        {
            return "gives a key of PHI other values";
        }

        return tables.Any(t => statement.Renamed.Any(r => SaysLess(t, r.From.ToLowerInvariant(), r.To.ToLowerInvariant()))) ? "gives a column of PHI a name that does not tell what it holds" : null;
    }

    /// <summary>Whether a column, once renamed, would count as a key or as less than it is.</summary>
    private static bool SaysLess(PhiTable table, string from, string to) =>
        table.Keys.Contains(from) || table.Keys.Contains(to) || table.NatureOf(to) < table.NatureOf(from) || (ColumnWords.IsMail(to) && !ColumnWords.IsMail(from));

    private static Reach Without(RowBounds bounds, string why, Reach total)
    {
        bounds.Note(why);
        return total with { Packed = Reach.Unbounded };
    }
}

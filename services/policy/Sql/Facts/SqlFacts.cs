using Chaperone.Policy.Sql.Bounds;
using Chaperone.Policy.Sql.Known;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Facts;

/// <summary>What rules may ask of the SQL that a call carries.</summary>
internal sealed class SqlFacts
{
    private SqlFacts(string? problem, SqlNames[] statements)
    {
        Problem = problem;
        Statements = statements;
    }

    /// <summary>Why it cannot be read, without a word of it; null when it can.</summary>
    public string? Problem { get; }

    /// <summary>Its statements, in order.</summary>
    public SqlNames[] Statements { get; }

    /// <summary>True when it holds a comment.</summary>
    public bool HasComments { get; private init; }

    /// <summary>Why it is a bulk read; null when it is none.</summary>
    public string? WhyBulk { get; private init; }

    /// <summary>True when it calls a function of which it is not known what it does.</summary>
    public bool CallsUnknown { get; private init; }

    /// <summary>SQL that is missing or cannot be read.</summary>
    public static SqlFacts Unreadable(string problem) => new(problem, []);

    /// <summary>The facts of <paramref name="script"/>.</summary>
    public static SqlFacts Of(Script script, SqlTerms terms)
    {
        if (script.Problem is { } problem)
        {
            return Unreadable(problem);
        }

        SqlNames[] statements = [.. script.Statements.Select(SqlNames.Of)];
        return new SqlFacts(null, statements)
        {
            HasComments = script.HasComments,
            WhyBulk = StatementBounds.WhyBulk(script, terms),
            CallsUnknown = statements.Any(s => s.Functions.Any(f => !SqlFunctions.IsOfCopy(f) && !terms.Functions.IsKnown(f.Split('.')))),
        };
    }
}

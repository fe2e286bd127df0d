using Chaperone.Policy.Sql.Trees;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Chaperone.Policy.Sql.TSql;

/// <summary>The readers of one text's parts, and what they share: how deep they are, and what they have seen.</summary>
internal sealed class TSqlParts
{
    private readonly HashSet<string> _moving;
    private readonly HashSet<TSqlFragment> _seen = new(ReferenceEqualityComparer.Instance);

    /// <summary>Readers that start <paramref name="depth"/> levels deep; <paramref name="moving"/> names variables that hold no one value.</summary>
    public TSqlParts(HashSet<string> moving, int depth)
    {
        _moving = moving;
        Depth = depth;
        Expressions = new TSqlExpressions(this);
        FunctionCalls = new TSqlFunctionCalls(this);
        Conditions = new TSqlConditions(this);
        Sources = new TSqlSources(this);
        Queries = new TSqlQueries(this);
        Writes = new TSqlWrites(this);
        Calls = new TSqlCalls(this);
        Rest = new TSqlRest(this);
        Definitions = new TSqlDefinitions(this);
        Statements = new TSqlStatements(this);
    }

    public TSqlExpressions Expressions { get; }

    public TSqlFunctionCalls FunctionCalls { get; }

    public TSqlConditions Conditions { get; }

    public TSqlSources Sources { get; }

    public TSqlQueries Queries { get; }

    public TSqlWrites Writes { get; }

    public TSqlCalls Calls { get; }

    public TSqlRest Rest { get; }

    public TSqlDefinitions Definitions { get; }

    public TSqlStatements Statements { get; }

    /// <summary>How many levels deep the reading is.</summary>
    public int Depth { get; private set; }

    /// <summary>True when a text within a string holds a comment.</summary>
    public bool HasComments { get; set; }

    /// <summary>Marks <paramref name="fragment"/> as read, and goes one level down until the result is disposed.</summary>
    public Level Enter(TSqlFragment fragment)
    {
        _seen.Add(fragment);
        Depth++;
        return Depth > SqlText.MaxDepth
            ? throw new TSqlUnreadableException($"nests deeper than {SqlText.MaxDepth} levels", fragment)
            : new Level(this);
    }

    /// <summary>Marks <paramref name="fragment"/> as read.</summary>
    public void Mark(TSqlFragment fragment) => _seen.Add(fragment);

    public bool IsSeen(TSqlFragment fragment) => _seen.Contains(fragment);

    /// <summary>One value that comes from outside or from constants; anything, where the text fills it otherwise.</summary>
    public Expression Variable(string name) => _moving.Contains(name) ? new Expression.Other([]) : new Expression.Parameter();

    /// <summary>A level of the reading.</summary>
    public readonly ref struct Level(TSqlParts parts)
    {
        public void Dispose() => parts.Depth--;
    }
}

using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Chaperone.Policy.Sql.TSql;

/// <summary>
/// Tells variables that stand for one value from those that a text fills from data or by counting: an equality with the
/// latter bounds nothing, as a loop can run through every key.
/// </summary>
internal static class TSqlVariables
{
    /// <summary>The names of variables that are given anything but constants.</summary>
    public static HashSet<string> Moving(List<TSqlFragment> fragments)
    {
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var fragment in fragments)
        {
            names.UnionWith(Assigned(fragment));
        }

        return names;
    }

    /// <summary>True for a literal, a signed one, or a cast of one.</summary>
    public static bool IsConstant(ScalarExpression? value) => value switch
    {
        Literal => true,
        ParenthesisExpression p => IsConstant(p.Expression),
        UnaryExpression u => u.Expression is Literal,
        CastCall c => c.Parameter is Literal,
        ConvertCall c => c.Parameter is Literal,
        _ => false,
    };

    private static IEnumerable<string> Assigned(TSqlFragment fragment) => fragment switch
    {
        SetVariableStatement s when s.AssignmentKind != AssignmentKind.Equals || !IsConstant(s.Expression) => [s.Variable.Name],
        DeclareVariableElement { Value: { } value } d when !IsConstant(value) => [d.VariableName.Value],
        SelectSetVariable s when s.AssignmentKind != AssignmentKind.Equals || !IsConstant(s.Expression) => [s.Variable.Name],
        AssignmentSetClause { Variable: { } variable } => [variable.Name],
        FetchCursorStatement { IntoVariables: { } variables } => variables.Select(v => v.Name),
        ExecuteParameter { IsOutput: true, ParameterValue: VariableReference variable } => [variable.Name],
        ExecuteSpecification { Variable: { } variable } => [variable.Name],
        _ => [],
    };
}

using Chaperone.Policy.Sql.Trees;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Chaperone.Policy.Sql.TSql;

/// <summary>Reads calls within expressions. One that the parser has a type of its own for goes by the name it is written with.</summary>
internal sealed class TSqlFunctionCalls(TSqlParts parts)
{
    public Expression Read(ScalarExpression expression) => expression switch
    {
        FunctionCall c => Function(c),
        LeftFunctionCall c => Named("left", c),
        RightFunctionCall c => Named("right", c),
        CoalesceExpression c => Named("coalesce", c),
        NullIfExpression c => Named("nullif", c),
        AtTimeZoneCall c => Named("timezone", c),
        IdentityFunctionCall c => Named("identity", c),
        ExtractFromExpression c => Named("extract", c),
        OdbcFunctionCall c => Named(c.Name.Value, c),
        PartitionFunctionCall c => Named("$partition", c),
        ParameterlessCall c => Named(Word(c.ParameterlessCallType), c),
        NextValueForExpression c => new Expression.Call(["next_value_for"], []) { IsWindow = c.OverClause is not null, Clauses = Over(c.OverClause) },
        UserDefinedTypePropertyAccess c => Method(c.CallTarget, c.PropertyName.Value, []),
        JsonKeyValue c => new Expression.Other(parts.Rest.Expressions(c)),
        _ => Named(expression.GetType().Name.Replace("FunctionCall", string.Empty, StringComparison.Ordinal).ToLowerInvariant(), expression),
    };

    /// <summary>What a window is made of.</summary>
    public Expression[] Window(IEnumerable<ScalarExpression>? partitions, OrderByClause? order, WindowFrameClause? frame) =>
        [.. parts.Expressions.Read(partitions), .. parts.Expressions.Order(order), .. frame is null ? [] : parts.Rest.Expressions(frame)];

    private Expression.Call Named(string name, TSqlFragment call) => new([name], parts.Rest.Expressions(call));

    private static string Word(ParameterlessCallType type) => type switch
    {
        ParameterlessCallType.CurrentUser => "current_user",
        ParameterlessCallType.SessionUser => "session_user",
        ParameterlessCallType.SystemUser => "system_user",
        ParameterlessCallType.CurrentTimestamp => "current_timestamp",
        ParameterlessCallType.CurrentDate => "current_date",
        _ => "user",
    };

    private Expression.Call Function(FunctionCall call)
    {
        Expression[] arguments = [.. parts.Expressions.Read(call.Parameters), .. parts.Expressions.Read(call.JsonParameters)];
        var method = Method(call.CallTarget, call.FunctionName.Value, arguments);
        return method with
        {
            IsWindow = call.OverClause is not null,
            IsPartitioned = call.OverClause is { } over && (over.Partitions.Count > 0 || over.WindowName is not null),
            Clauses =
            [
                .. method.Clauses,
                .. parts.Expressions.Order(call.WithinGroupClause?.OrderByClause),
                .. parts.Expressions.Order(call.JsonOrderByClause),
                .. Over(call.OverClause),
            ],
        };
    }

    // a.b(x) is a function of schema a or a method of column a: the name says the one, the clause the other.
    private Expression.Call Method(CallTarget? target, string name, Expression[] arguments) => target switch
    {
        ExpressionCallTarget t => new Expression.Call([name], [parts.Expressions.Read(t.Expression), .. arguments]),
        MultiPartIdentifierCallTarget t => OfName(TSqlNames.Parts(t.MultiPartIdentifier), name, arguments),
        UserDefinedTypeCallTarget t => new Expression.Call([.. TSqlNames.Parts(t.SchemaObjectName), name], arguments),
        _ => new Expression.Call([name], arguments),
    };

    private static Expression.Call OfName(string[] target, string name, Expression[] arguments)
    {
        var isSchema = target.Length == 0 || target[^1].ToLowerInvariant() is "dbo" or "sys";
        return new Expression.Call([.. target, name], arguments) { Clauses = isSchema ? [] : [new Expression.Column(target)] };
    }

    private Expression[] Over(OverClause? over) =>
        over is null ? [] : Window(over.Partitions, over.OrderByClause, over.WindowFrameClause);
}

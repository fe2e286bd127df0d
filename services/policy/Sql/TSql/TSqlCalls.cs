using System.Text;
using Chaperone.Policy.Sql.Trees;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Chaperone.Policy.Sql.TSql;

/// <summary>Reads EXEC. A string that stands there in full is read as the text it is.</summary>
internal sealed class TSqlCalls(TSqlParts parts)
{
    // They tell of names, types and sizes; none takes values from rows.
    private static readonly HashSet<string> LookUps = new(StringComparer.OrdinalIgnoreCase)
    {
        "sp_help", "sp_helptext", "sp_helpindex", "sp_helpconstraint", "sp_helpdb", "sp_helpfile", "sp_helpfilegroup", "sp_helptrigger",
        "sp_columns", "sp_tables", "sp_pkeys", "sp_fkeys", "sp_databases", "sp_stored_procedures", "sp_sproc_columns", "sp_special_columns",
        "sp_statistics", "sp_server_info", "sp_datatype_info", "sp_spaceused", "sp_depends", "sp_who", "sp_lock",
        "sp_table_privileges", "sp_column_privileges", "sp_describe_first_result_set",
    };

    public Statement Read(ExecuteSpecification call) => call.ExecutableEntity switch
    {
        ExecutableStringList s => Text(call, s),
        ExecutableProcedureReference { ProcedureReference.ProcedureReference: { } named, AdHocDataSource: null } p => Procedure(call, p, TSqlNames.Parts(named.Name)),
        _ => Unknown(call, "exec"),
    };

    private Statement Text(ExecuteSpecification call, ExecutableStringList list)
    {
        var text = list.Strings.All(IsWhole) ? string.Concat(list.Strings.Cast<StringLiteral>().Select(s => s.Value)) : null;
        var isPlain = list.Parameters.Count == 0 && call.LinkedServer is null && call.ExecuteContext is null;
        return text is null || !isPlain ? Unknown(call, "exec") : Inner(Unknown(call, "exec"), text, true);
    }

    private Statement Procedure(ExecuteSpecification call, ExecutableProcedureReference procedure, string[] name)
    {
        var statement = Unknown(call, name);
        if (!IsSystem(name))
        {
            return statement;
        }

        var last = name[^1].ToLowerInvariant();
        return last switch
        {
            "sp_executesql" => Dynamic(statement, procedure, name.Length <= 2),
            "sp_rename" => Rename(statement with { IsOpaque = false }, procedure),
            _ when LookUps.Contains(last) => statement with { Kind = StatementKind.Show, IsOpaque = false },
            _ => statement,
        };
    }

    // What a procedure of this name is, the server alone knows for dbo, sys and master; a linked server may hold another one.
    private static bool IsSystem(string[] name) => name.Length switch
    {
        1 => true,
        2 or 3 => name[^2].ToLowerInvariant() is "" or "dbo" or "sys",
        _ => false,
    };

    private Statement Dynamic(Statement statement, ExecutableProcedureReference procedure, bool isHere)
    {
        var arguments = procedure.Parameters;
        if (arguments.Count == 0 || arguments[0].ParameterValue is not StringLiteral text || !IsWhole(text))
        {
            return statement;
        }

        var isFixed = arguments.Skip(1).All(a => !a.IsOutput && (a.ParameterValue is Literal || IsFixed(a.ParameterValue)));
        var isFirst = arguments[0].Variable is null || IsText(arguments[0]);
        return Inner(statement, text.Value, isHere && isFixed && isFirst && !arguments.Skip(1).Any(IsText));
    }

    // Arguments by name may stand in any order.
    private static bool IsText(ExecuteParameter argument) => argument.Variable?.Name.ToLowerInvariant() is "@stmt" or "@statement";

    private bool IsFixed(ScalarExpression? value) =>
        value is VariableReference variable && parts.Variable(variable.Name) is Expression.Parameter;

    private Statement Inner(Statement statement, string text, bool isKnown)
    {
        var script = TSqlReader.Read(text, parts.Depth);
        parts.HasComments |= script.HasComments;
        return statement with
        {
            Inner = script.Statements,
            IsOpaque = !isKnown || script.Problem is not null || script.Statements.Any(s => s.IsOpaque),
        };
    }

    // The server would run another text than the parser reads where a backslash joins two lines, or where a string that is
    // not national loses its foreign letters, some of which become quotes.
    private static bool IsWhole(ValueExpression value) => value is StringLiteral literal
        && !TSqlNames.IsDoubleQuoted(literal)
        && (literal.IsNational || Ascii.IsValid(literal.Value))
        && !literal.Value.Contains("\\\n", StringComparison.Ordinal)
        && !literal.Value.Contains("\\\r", StringComparison.Ordinal);

    private static Statement Rename(Statement statement, ExecutableProcedureReference procedure)
    {
        string?[] words = [.. procedure.Parameters.Select(p => p.Variable is null && p.ParameterValue is Literal { Value: { } text } ? text : null)];
        return words switch
        {
            [{ } name, not null] when TSqlNames.FromText(name) is { } table => statement with { IsRenaming = true, Tables = [table] },
            [{ } name, { } to, { } type] when type.Equals("COLUMN", StringComparison.OrdinalIgnoreCase) && TSqlNames.FromText(name) is { Parts: [.. { Length: > 0 } of, var column] } =>
                statement with { Tables = [new TableName(of)], Renamed = [(column, to)] },
            _ => statement with { IsRenaming = true, Tables = [] },
        };
    }

    private Statement Unknown(ExecuteSpecification call, params string[] name) => new(StatementKind.Call)
    {
        IsOpaque = true,
        Expressions = [new Expression.Call(name, parts.Rest.Expressions(call.ExecutableEntity))],
    };
}

using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Chaperone.Policy.Sql.TSql;

/// <summary>A text cannot be read. The message holds no word of it.</summary>
internal sealed class TSqlUnreadableException : Exception
{
    public TSqlUnreadableException(string problem)
        : base(problem)
    {
    }

    public TSqlUnreadableException(string problem, TSqlFragment at)
        : this($"{problem} (line {at.StartLine}, column {at.StartColumn})")
    {
    }

    public TSqlUnreadableException(string problem, TSqlParserToken at)
        : this($"{problem} (line {at.Line}, column {at.Column})")
    {
    }
}

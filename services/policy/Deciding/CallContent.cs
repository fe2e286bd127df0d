using System.Text.Json;
using Chaperone.Policy.Sql;
using Chaperone.Policy.Sql.Facts;

namespace Chaperone.Policy.Deciding;

/// <summary>What a call carries. Its SQL is read when the first rule asks for it, and once.</summary>
internal sealed class CallContent(JsonElement arguments, SqlTerms? terms, string? tool)
{
    private SqlFacts? _sql;
    private bool _isRead;

    /// <summary><c>params.arguments</c>; undefined when there are none.</summary>
    public JsonElement Arguments => arguments;

    /// <summary>The facts of its SQL; null when the tool is declared to take none.</summary>
    public SqlFacts? Sql
    {
        get
        {
            if (!_isRead)
            {
                _sql = terms is not null && tool is not null ? SqlCarried.Find(terms, tool, arguments) : null;
                _isRead = true;
            }

            return _sql;
        }
    }
}

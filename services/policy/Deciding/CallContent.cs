using System.Text.Json;
using Chaperone.Policy.Counting;
using Chaperone.Policy.Documents;
using Chaperone.Policy.Shell;
using Chaperone.Policy.Sql.Facts;

namespace Chaperone.Policy.Deciding;

/// <summary>What a call carries. Its SQL and its shell commands are read when the first rule asks for them, and once.</summary>
internal sealed class CallContent(JsonElement arguments, PolicyServer server, string? tool, SessionCounts? counts = null)
{
    private readonly Lazy<SqlFacts?> _sql = new(() => tool is not null && server.Sql is { } terms ? SqlCarried.Find(terms, tool, arguments) : null, LazyThreadSafetyMode.None);
    private readonly Lazy<ShellScript?> _shell = new(() => tool is null ? null : ShellCarried.Find(server.Shell, tool, arguments), LazyThreadSafetyMode.None);

    /// <summary><c>params.arguments</c>; undefined when there are none.</summary>
    public JsonElement Arguments => arguments;

    /// <summary>What happened in its session.</summary>
    public SessionCounts Counts => counts ?? SessionCounts.Unknown;

    /// <summary>The facts of its SQL; null when the tool is declared to take none.</summary>
    public SqlFacts? Sql => _sql.Value;

    /// <summary>Its shell commands; null when the tool is declared to take none.</summary>
    public ShellScript? Shell => _shell.Value;
}

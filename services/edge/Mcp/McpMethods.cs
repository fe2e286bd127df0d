namespace Chaperone.Edge.Mcp;

/// <summary>The methods of MCP 2025-03-26 to 2026-07-28 that a client may send; any other is refused as unknown.</summary>
internal static class McpMethods
{
    /// <summary>Method name of a GET stream in the records.</summary>
    public const string StreamListen = "stream/listen";

    /// <summary>Method name of a DELETE in the records.</summary>
    public const string SessionEnd = "session/end";

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "initialize", "ping", "server/discover", "logging/setLevel",
        "tools/list", "tools/call", "prompts/list", "prompts/get",
        "resources/list", "resources/templates/list", "resources/read", "resources/subscribe", "resources/unsubscribe",
        "completion/complete", "subscriptions/listen",
        "tasks/get", "tasks/result", "tasks/list", "tasks/cancel", "tasks/update",
        "notifications/initialized", "notifications/cancelled", "notifications/progress",
        "notifications/roots/list_changed", "notifications/elicitation/complete", "notifications/tasks/status",
        "response",
    };

    public static bool IsKnown(string method) => Known.Contains(method);

    /// <summary>Whether 2026-07-28 took it away, so that it is unknown there whatever its params.</summary>
    public static bool IsRemoved(string method) =>
        method is "initialize" or "ping" or "logging/setLevel" or "resources/subscribe" or "resources/unsubscribe" or "tasks/list" or "tasks/result";

    /// <summary>Whether its answer is a list that policy must review.</summary>
    public static bool IsList(string method) =>
        method is "tools/list" or "prompts/list" or "resources/list" or "resources/templates/list";

    /// <summary>The key of <c>params</c> that names what the method acts on; null if it acts on nothing named.</summary>
    public static string? TargetKey(string method) => method switch
    {
        "tools/call" or "prompts/get" => "name",
        "resources/read" or "resources/subscribe" or "resources/unsubscribe" => "uri",
        "tasks/get" or "tasks/result" or "tasks/cancel" or "tasks/update" => "taskId",
        "completion/complete" => "ref",
        _ => null,
    };

    /// <summary>Whether 2026-07-28 wants the target repeated in the Mcp-Name header.</summary>
    public static bool NeedsNameHeader(string method) => method is not "completion/complete" && TargetKey(method) is not null;
}

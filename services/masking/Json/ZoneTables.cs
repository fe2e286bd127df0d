using System.Collections.Frozen;

namespace Chaperone.Masking.Json;

/// <summary>Which zone each field of the MCP messages is (revisions 2025-03-26 to 2026-07-28). A field that is not listed is content, and masked.</summary>
internal static class ZoneTables
{
    private const string Common = "_meta:Meta";

    private static readonly FrozenDictionary<Zone, Table> Tables = new Dictionary<Zone, Table>
    {
        [Zone.Envelope] = Of("jsonrpc:Keep id:Keep method:Keep result:Result error:Error params:Params"),
        [Zone.Error] = Of("code:Keep message:Text data:ErrorData"),
        [Zone.ErrorData] = Of("supported:Keep requested:Keep requiredCapabilities:Keep elicitations:ElicitationParams"),
        [Zone.Result] = Of("resultType:Keep isError:Keep nextCursor:Keep ttlMs:Keep cacheScope:Keep requestState:Keep inputRequests:InputRequests task:Task"),
        [Zone.ToolResult] = Of("resultType:Keep isError:Keep ttlMs:Keep cacheScope:Keep requestState:Keep inputRequests:InputRequests task:Task taskId:Keep status:Keep createdAt:Keep lastUpdatedAt:Keep pollIntervalMs:Keep pollInterval:Keep ttl:Keep statusMessage:Text content:Block structuredContent:Structured"),
        [Zone.ListResult] = Of("resultType:Keep nextCursor:Keep ttlMs:Keep cacheScope:Keep requestState:Keep inputRequests:InputRequests tools:Tool resources:Resource resourceTemplates:Resource prompts:Prompt contents:Contents messages:Message description:Text completion:Completion roots:Root tasks:Task"),
        [Zone.ServerResult] = Of("resultType:Keep protocolVersion:Keep supportedVersions:Keep capabilities:Keep serverInfo:Keep instructions:Text ttlMs:Keep cacheScope:Keep"),
        [Zone.ClientResult] = Of("role:Keep model:Keep stopReason:Keep action:Keep content:Block roots:Root resultType:Keep"),
        [Zone.Params] = Of("cursor:Keep progressToken:Keep requestState:Keep inputResponses:InputResponses task:Keep taskId:Keep uri:Uri name:Keep arguments:Content level:Keep protocolVersion:Keep capabilities:Keep clientInfo:Keep ref:Keep argument:CompletionArgument ttl:Keep"),
        [Zone.NotificationParams] = Of("progressToken:Keep progress:Keep total:Keep message:Text level:Keep logger:Keep data:Content requestId:Keep reason:Text uri:Uri taskId:Keep status:Keep createdAt:Keep lastUpdatedAt:Keep ttlMs:Keep ttl:Keep pollIntervalMs:Keep pollInterval:Keep statusMessage:Text elicitationId:Keep title:Text result:ToolResult error:Error inputRequests:InputRequests notifications:Content"),
        [Zone.SamplingParams] = Of("messages:Message systemPrompt:Text modelPreferences:Keep includeContext:Keep temperature:Keep maxTokens:Keep stopSequences:Keep tools:Tool toolChoice:Keep task:Keep"),
        [Zone.ElicitationParams] = Of("mode:Keep elicitationId:Keep message:Text url:Uri requestedSchema:Schema task:Keep"),
        [Zone.Block] = Of("type:Keep text:Text data:Blob mimeType:Keep annotations:Keep resource:Contents uri:Uri name:Text title:Text description:Text size:Keep icons:Keep id:Keep input:Content toolUseId:Keep content:Block structuredContent:Content isError:Keep"),
        [Zone.Message] = Of("role:Keep content:Block"),
        [Zone.Contents] = Of("uri:Uri mimeType:Keep text:Text blob:Blob name:Text title:Text description:Text annotations:Keep size:Keep"),
        [Zone.Resource] = Of("uri:Uri uriTemplate:Keep name:Text title:Text description:Text mimeType:Keep size:Keep annotations:Keep icons:Keep"),
        [Zone.Tool] = Of("name:Keep title:Text description:Text inputSchema:Schema outputSchema:Schema annotations:Keep execution:Keep icons:Keep"),
        [Zone.Prompt] = Of("name:Keep title:Text description:Text arguments:PromptArgument icons:Keep"),
        [Zone.PromptArgument] = Of("name:Keep title:Text description:Text required:Keep"),
        [Zone.Schema] = Of("description:Text title:Text default:Content examples:Content properties:SchemaMap patternProperties:SchemaMap $defs:SchemaMap definitions:SchemaMap dependentSchemas:SchemaMap items:Schema prefixItems:Schema additionalProperties:Schema allOf:Schema anyOf:Schema oneOf:Schema not:Schema if:Schema then:Schema else:Schema contains:Schema propertyNames:Schema unevaluatedProperties:Schema unevaluatedItems:Schema", Zone.Keep),
        [Zone.SchemaMap] = Of("", Zone.Schema),
        [Zone.Completion] = Of("values:Text total:Keep hasMore:Keep"),
        [Zone.CompletionArgument] = Of("name:Keep value:Text"),
        [Zone.Root] = Of("uri:Uri name:Text"),
        [Zone.Task] = Of("taskId:Keep status:Keep statusMessage:Text createdAt:Keep lastUpdatedAt:Keep ttlMs:Keep ttl:Keep pollIntervalMs:Keep pollInterval:Keep result:ToolResult error:Error inputRequests:InputRequests resultType:Keep"),
        [Zone.InputRequests] = Of("", Zone.InputRequest),
        [Zone.InputRequest] = Of("method:Keep params:Params"),
        [Zone.InputResponses] = Of("", Zone.ClientResult),
    }.ToFrozenDictionary();

    /// <summary>True for zones that are objects with fields of their own.</summary>
    public static bool HasFields(Zone zone) => Tables.ContainsKey(zone);

    /// <summary>The zone of <paramref name="field"/> in an object of <paramref name="zone"/>.</summary>
    public static Zone Field(Zone zone, ReadOnlySpan<char> field)
    {
        if (zone == Zone.Meta)
        {
            return IsProtocolMeta(field) ? Zone.Keep : Zone.Content;
        }

        var table = Tables[zone];
        return table.Lookup.TryGetValue(field, out var found) ? found : table.Default;
    }

    /// <summary>The zone of a result, by the method that it answers.</summary>
    public static Zone ResultOf(string method) => method switch
    {
        "tools/call" or "tasks/result" or "tasks/get" or "tasks/update" or "tasks/cancel" or "stream/listen" => Zone.ToolResult,
        "initialize" or "server/discover" => Zone.ServerResult,
        "sampling/createMessage" or "elicitation/create" or "roots/list" or "response" => Zone.ClientResult,
        "tools/list" or "resources/list" or "resources/templates/list" or "prompts/list" or "prompts/get" or "resources/read" or "completion/complete" or "tasks/list" => Zone.ListResult,
        _ => Zone.Result,
    };

    /// <summary>The zone of parameters, by their method.</summary>
    public static Zone ParamsOf(string method) => method switch
    {
        "sampling/createMessage" => Zone.SamplingParams,
        "elicitation/create" => Zone.ElicitationParams,
        _ when method.StartsWith("notifications/", StringComparison.Ordinal) => Zone.NotificationParams,
        _ => Zone.Params,
    };

    private static bool IsProtocolMeta(ReadOnlySpan<char> key) =>
        key is "progressToken" or "traceparent" or "tracestate"
        || key.StartsWith("io.modelcontextprotocol/") || key.StartsWith("modelcontextprotocol.io/") || key.StartsWith("dev.chaperone/");

    private static Table Of(string fields, Zone rest = Zone.Content)
    {
        var entries = $"{fields} {(rest == Zone.Content ? Common : "")}".Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(f => f.Split(':'))
            .ToFrozenDictionary(f => f[0], f => Enum.Parse<Zone>(f[1]), StringComparer.Ordinal);
        return new Table(entries.GetAlternateLookup<ReadOnlySpan<char>>(), rest);
    }

    private sealed class Table(FrozenDictionary<string, Zone>.AlternateLookup<ReadOnlySpan<char>> lookup, Zone rest)
    {
        public FrozenDictionary<string, Zone>.AlternateLookup<ReadOnlySpan<char>> Lookup { get; } = lookup;

        public Zone Default { get; } = rest;
    }
}

using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Chaperone.TestKit;
using Microsoft.AspNetCore.Http;

namespace Chaperone.Edge.Tests.Walk;

/// <summary>A server with tasks of 2025-11-25 and 2026-07-28 that tells everybody of everything, as one behind a shared credential may.</summary>
internal sealed class ServerTasks
{
    /// <summary>Its tasks, oldest first.</summary>
    public ConcurrentQueue<string> Ids { get; } = new();

    /// <summary>Its own ids of the tasks that it was asked about, in body and header.</summary>
    public ConcurrentQueue<(string Method, string Body, string? Header)> Asked { get; } = new();

    public async Task AnswerAsync(HttpContext http, ReceivedRequest request)
    {
        var body = JsonNode.Parse(request.Body)!;
        var modern = request.Headers.GetValueOrDefault("MCP-Protocol-Version") == Rpc.Modern;
        var id = (string?)body["params"]?["taskId"];
        if (id is not null)
        {
            Asked.Enqueue((request.RpcMethod!, id, request.Headers.GetValueOrDefault("Mcp-Name")));
        }

        var result = request.RpcMethod switch
        {
            "tools/call" when modern => Merge(Task(Make()), """{"resultType":"task"}"""),
            "tools/call" => $$$"""{"task":{{{Task(Make())}}} }""",
            "tasks/get" or "tasks/cancel" => Merge(Task(id!), $$$"""{"resultType":"complete","result":{"content":[],"_meta":{"io.modelcontextprotocol/related-task":{"taskId":"{{{id}}}"} } } }"""),
            "tasks/result" => $$$"""{"content":[{"type":"text","text":"result of {{{id}}}"}],"_meta":{"io.modelcontextprotocol/related-task":{"taskId":"{{{id}}}"} } }""",
            "tasks/list" => $$"""{"tasks":[{{string.Join(',', Ids.Select(Task))}}],"nextCursor":"c"}""",
            _ => "{}",
        };
        await ScriptedServer.JsonAsync(http, $$$"""{"jsonrpc":"2.0","id":{{{request.Id}}},"result":{{{result}}} }""");
    }

    public static string Task(string id) =>
        $$"""{"taskId":"{{id}}","status":"working","createdAt":"2026-01-01T00:00:00Z","lastUpdatedAt":"2026-01-01T00:00:00Z","ttl":60000}""";

    private static string Merge(string one, string other)
    {
        var merged = JsonNode.Parse(one)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(other)!.AsObject())
        {
            merged[name] = value!.DeepClone();
        }

        return merged.ToJsonString();
    }

    private string Make()
    {
        var id = $"task-{Ids.Count + 1}";
        Ids.Enqueue(id);
        return id;
    }
}

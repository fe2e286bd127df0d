using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Chaperone.TestKit;

namespace Chaperone.E2E.Tests.Story;

/// <summary>A 2026-07-28 client by hand that takes tasks, so that a test sees each step.</summary>
internal sealed class TaskCaller(StoryGateway stage, TestPerson person) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(2) };
    private int _id;

    /// <summary>Calls a tool; the task that its held call became.</summary>
    public Task<JsonObject> CallAsync(string tool, string mrn) => SendAsync(
        "tools/call", tool, new JsonObject { ["name"] = tool, ["arguments"] = new JsonObject { ["mrn"] = mrn, ["reason"] = "duplicate" } });

    /// <summary>Looks at the task once.</summary>
    public Task<JsonObject> LookAsync(JsonObject task) =>
        SendAsync("tasks/get", (string)task["taskId"]!, new JsonObject { ["taskId"] = (string)task["taskId"]! });

    /// <summary>Looks until the task has ended; the words of its result.</summary>
    public async Task<string> EndAsync(JsonObject task)
    {
        var state = task;
        while ((string?)state["status"] == "working")
        {
            state = await LookAsync(task);
        }

        return (string?)state["result"]?["content"]?[0]?["text"] ?? state.ToJsonString();
    }

    /// <summary>Cancels it.</summary>
    public Task<JsonObject> CancelAsync(JsonObject task) =>
        SendAsync("tasks/cancel", (string)task["taskId"]!, new JsonObject { ["taskId"] = (string)task["taskId"]! });

    public void Dispose() => _http.Dispose();

    private async Task<JsonObject> SendAsync(string method, string name, JsonObject parameters)
    {
        parameters["_meta"] = new JsonObject
        {
            ["io.modelcontextprotocol/protocolVersion"] = "2026-07-28",
            ["io.modelcontextprotocol/clientInfo"] = new JsonObject { ["name"] = "by-hand", ["version"] = "1" },
            ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject { ["extensions"] = new JsonObject { ["io.modelcontextprotocol/tasks"] = new JsonObject() } },
        };
        var message = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = ++_id, ["method"] = method, ["params"] = parameters };
        using var request = new HttpRequestMessage(HttpMethod.Post, stage.Server);
        request.Content = new StringContent(message.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", stage.Issuer.Mint(person));
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        request.Headers.TryAddWithoutValidation("MCP-Protocol-Version", "2026-07-28");
        request.Headers.TryAddWithoutValidation("Mcp-Method", method);
        request.Headers.TryAddWithoutValidation("Mcp-Name", name);
        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var json = body.StartsWith('{') ? body : body.Split('\n').Last(l => l.StartsWith("data: {", StringComparison.Ordinal))["data: ".Length..];
        return JsonNode.Parse(json)!["result"]?.AsObject() ?? throw new InvalidOperationException($"no result: {json}");
    }
}

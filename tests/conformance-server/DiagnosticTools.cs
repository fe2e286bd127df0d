using System.ComponentModel;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Chaperone.ConformanceServer;

/// <summary>Tools that let the suite watch the stateless transport (2026-07-28, SEP-2575).</summary>
[McpServerToolType]
internal sealed class DiagnosticTools
{
    [McpServerTool(Name = "test_missing_capability"), Description("Needs a client that can sample.")]
    public static string MissingCapability(RequestContext<CallToolRequestParams> context) =>
        context.JsonRpcRequest.Context?.ClientCapabilities?.Sampling is not null || context.Server.ClientCapabilities?.Sampling is not null
            ? "the client can sample"
            : throw new MissingRequiredClientCapabilityException(new ClientCapabilities { Sampling = new() }, "This tool needs the client capability 'sampling'.");

    [McpServerTool(Name = "test_streaming_elicitation"), Description("Answers on a stream that carries no request of its own.")]
    public static string StreamingElicitation() => "no request was sent on this stream";

    [McpServerTool(Name = "test_logging_tool"), Description("Logs only where the request's _meta asked for it.")]
    public static async Task<string> Logging(RequestContext<CallToolRequestParams> context, McpServer server, CancellationToken cancellationToken)
    {
        if (context.Params?.Meta?.ContainsKey("io.modelcontextprotocol/logLevel") is true)
        {
            await server.SendNotificationAsync(
                NotificationMethods.LoggingMessageNotification,
                new LoggingMessageNotificationParams { Level = LoggingLevel.Info, Data = JsonSerializer.SerializeToElement("asked for") },
                cancellationToken: cancellationToken);
        }

        return "done";
    }
}

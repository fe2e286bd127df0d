using System.ComponentModel;
using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Chaperone.ConformanceServer;

/// <summary>Tools that send more than their answer: log messages, progress, requests to the client, a stream that closes.</summary>
[McpServerToolType]
internal sealed class StreamTools
{
    // The suite's fixtures ask for a pause between notifications, so that they arrive as several events.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    [McpServerTool(Name = "test_tool_with_logging"), Description("Sends three log messages while it runs.")]
    public static async Task<string> Logging(McpServer server, CancellationToken cancellationToken)
    {
        await LogAsync(server, "Tool execution started", cancellationToken);
        await Task.Delay(Pause, cancellationToken);
        await LogAsync(server, "Tool processing data", cancellationToken);
        await Task.Delay(Pause, cancellationToken);
        await LogAsync(server, "Tool execution completed", cancellationToken);
        return "Tool with logging executed successfully";
    }

    [McpServerTool(Name = "test_tool_with_progress"), Description("Reports progress 0, 50 and 100 of 100.")]
    public static async Task<string> Progress(McpServer server, RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken)
    {
        if (context.Params?.ProgressToken is not { } token)
        {
            return "No progress token provided";
        }

        foreach (var done in new[] { 0, 50, 100 })
        {
            await server.NotifyProgressAsync(token, new ProgressNotificationValue { Progress = done, Total = 100 }, cancellationToken: cancellationToken);
            await Task.Delay(Pause, cancellationToken);
        }

        return $"Progress reported for {token}";
    }

    [McpServerTool(Name = "test_sampling"), Description("Asks the client's model.")]
    public static async Task<string> Sampling(McpServer server, [Description("What to ask.")] string prompt, CancellationToken cancellationToken)
    {
        var answer = await server.SampleAsync(Question(prompt, 100), cancellationToken);
        return $"LLM response: {answer.Content.OfType<TextContentBlock>().FirstOrDefault()?.Text}";
    }

    [McpServerTool(Name = "test_reconnection"), Description("Closes its stream before it answers; the answer waits for a GET with Last-Event-ID (SEP-1699).")]
    public static async Task<string> Reconnection(RequestContext<CallToolRequestParams> context, CancellationToken cancellationToken)
    {
        if (context.Server.SessionId is not null)
        {
            await context.EnablePollingAsync(TimeSpan.FromMilliseconds(500), cancellationToken);

            // The closing of the stream must overtake the answer, or the answer still goes out on it.
            await Task.Delay(2 * Pause, cancellationToken);
        }

        return "Reconnection test completed successfully";
    }

    /// <summary>A question to the client's model.</summary>
    public static CreateMessageRequestParams Question(string text, int maxTokens) => new()
    {
        Messages = [new SamplingMessage { Role = Role.User, Content = [new TextContentBlock { Text = text }] }],
        MaxTokens = maxTokens,
    };

    private static Task LogAsync(McpServer server, string text, CancellationToken cancellationToken) =>
        server.SendNotificationAsync(
            NotificationMethods.LoggingMessageNotification,
            new LoggingMessageNotificationParams { Level = LoggingLevel.Info, Logger = "conformance", Data = JsonSerializer.SerializeToElement(text) },
            cancellationToken: cancellationToken);
}

using System.Globalization;
using Chaperone.Edge.Mcp;

namespace Chaperone.Edge.Decisions;

/// <summary>
/// How a refusal is said so that the caller's client shows it: a visible tool's as a tool result, a hidden one's exactly as an
/// unknown tool's, other methods' as JSON-RPC errors.
/// </summary>
internal static class Refusals
{
    /// <summary>The answer to a denied message: bytes, HTTP status, JSON-RPC error code if it is an error.</summary>
    public static (byte[] Answer, int Status, int? Code) For(Exchange exchange, bool visible)
    {
        var call = exchange.Call;
        if (exchange.Message is null)
        {
            return Error(exchange, StatusCodes.Status404NotFound, McpFault.MethodNotFound, UnknownServer);
        }

        if (!McpMethods.IsKnown(call.Method))
        {
            return Error(exchange, exchange.IsModern ? StatusCodes.Status404NotFound : StatusCodes.Status200OK, McpFault.MethodNotFound, "Method not found");
        }

        if (exchange.RetryAfterSeconds is { } seconds && !exchange.Reply.HasStarted)
        {
            exchange.Http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (visible)
        {
            return Say(exchange, $"Denied by rule '{exchange.Decision.Rule}': {exchange.Decision.Reason}", null);
        }

        return call.Method switch
        {
            "tools/call" => Error(exchange, StatusCodes.Status200OK, McpFault.InvalidParams, $"Unknown tool: {call.Target}"),
            "prompts/get" => Error(exchange, StatusCodes.Status200OK, McpFault.InvalidParams, $"Unknown prompt: {call.Target}"),
            "resources/read" or "resources/subscribe" or "resources/unsubscribe" =>
                Error(exchange, StatusCodes.Status200OK, exchange.IsModern ? McpFault.InvalidParams : McpFault.ResourceNotFound, "Resource not found"),
            _ => Error(exchange, StatusCodes.Status404NotFound, McpFault.MethodNotFound, UnknownServer),
        };
    }

    /// <summary>The one answer for servers that do not exist and servers the caller may not know.</summary>
    public const string UnknownServer = "There is no such MCP server here.";

    /// <summary>A refusal in <paramref name="words"/> the person may read.</summary>
    public static (byte[] Answer, int Status, int? Code) Say(Exchange exchange, string words, string? approvalId)
    {
        var call = exchange.Call;
        if (exchange.Message is { Kind: not MessageKind.Request })
        {
            return Error(exchange, StatusCodes.Status403Forbidden, McpFault.Refused, words);
        }

        return call.Method == "tools/call"
            ? (McpAnswers.ToolError(call.RequestId, call.ProtocolVersion, words, exchange.Decision, approvalId, exchange.RetryAfterSeconds), StatusCodes.Status200OK, null)
            : Error(exchange, StatusCodes.Status200OK, McpFault.Refused, words);
    }

    private static (byte[] Answer, int Status, int? Code) Error(Exchange exchange, int status, int code, string message) =>
        (McpAnswers.Error(exchange.Call.RequestId, code, message, exchange.RetryAfterSeconds is { } seconds ? $"{{\"retryAfterSeconds\":{seconds}}}" : null), status, code);
}

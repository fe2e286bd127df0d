using Chaperone.Contracts;
using Chaperone.Edge.Approvals;
using Chaperone.Edge.Decisions;
using Chaperone.Edge.Mcp;
using Chaperone.Edge.Sessions;

namespace Chaperone.Edge.Release;

/// <summary>
/// Releases the last word of a call. Lists are reviewed by policy, everything is masked and recorded first; if that cannot be
/// done, the client is told that the result is withheld.
/// </summary>
internal sealed class Releaser(Masking masking, ServerRequests serverRequests, ToolReview tools, ToolSchemas schemas, TaskIds taskIds, CallUsage usage, TimeProvider time)
{
    private const string Withheld = "The call was executed, but its result could not be masked and recorded, so it is withheld. Ask your operator; repeating the call executes it again.";
    private const string NotExecuted = "The call was not executed: the gateway cannot record it now. Try again shortly.";

    /// <summary>Releases an upstream's JSON answer; <paramref name="message"/> is what was read of <paramref name="body"/>, null where that is no message.</summary>
    public async Task ReleaseAsync(Exchange exchange, ServerMessage? message, byte[] body, int status)
    {
        if (message is null or { Method: not null })
        {
            await FailAsync(exchange, StatusCodes.Status502BadGateway, "The MCP server's answer is no JSON-RPC response. It may have executed the call; its result is withheld.");
            return;
        }

        var answer = await PrepareAsync(exchange, message, body);
        if (answer is null)
        {
            await FailAsync(exchange, StatusCodes.Status502BadGateway, "The list could not be checked against policy, so it is withheld.");
            return;
        }

        await SendAsync(exchange, answer, status, Outcome(exchange, OutcomeStatus.Answered, status, body.Length) with { ErrorCode = message.ErrorCode });
    }

    /// <summary>The message as policy lets this caller see it, before masking; null when policy could not be asked.</summary>
    public async ValueTask<byte[]?> PrepareAsync(Exchange exchange, ServerMessage message, byte[] body)
    {
        if (message is { Method: null, Asks.Count: > 0 } && await serverRequests.RefusedAsync(exchange, message.Asks) is { } refused)
        {
            var words = $"The server asked the client to run {refused}, which policy does not allow. The call did not complete.";
            return exchange.Call.Method == "tools/call" && message.Answers(exchange.Call.RequestId)
                ? McpAnswers.ToolError(exchange.Call.RequestId, exchange.Call.ProtocolVersion, words, exchange.Decision)
                : McpAnswers.Error(message.Id, McpFault.Refused, words);
        }

        if (exchange.Call.Method == "server/discover" && message.ErrorCode is null && message.Answers(exchange.Call.RequestId))
        {
            return HeldTasks.Declare(body);
        }

        return message.IsList || (McpMethods.IsList(exchange.Call.Method) && message.ErrorCode is null && message.Answers(exchange.Call.RequestId))
            ? await ReviewAsync(exchange, body)
            : message.ListsTasks ? taskIds.OwnOnly(exchange, body) : body;
    }

    /// <summary>Releases an acknowledgement without a body (202, 204).</summary>
    public async Task AcknowledgeAsync(Exchange exchange, int status) =>
        await SendAsync(exchange, [], status, Outcome(exchange, OutcomeStatus.Answered, status, 0));

    /// <summary>Tells the client of a failure of the upstream, in the gateway's words.</summary>
    public Task FailAsync(Exchange exchange, int status, string words) =>
        SendAsync(exchange, McpAnswers.Error(exchange.Call.RequestId, McpFault.InternalError, words), status,
            Outcome(exchange, OutcomeStatus.Failed, status, 0) with { ErrorCode = McpFault.InternalError });

    /// <summary>Sends the gateway's own answer: a refusal, or that approval is pending.</summary>
    public Task AnswerAsync(Exchange exchange, byte[] answer, int status, OutcomeStatus outcome, int? errorCode = null) =>
        SendAsync(exchange, answer, status, Outcome(exchange, outcome, status, 0) with { ErrorCode = errorCode });

    /// <summary>Records that the stream of a call ended before its answer came; the client may resume it.</summary>
    public async Task RecordBreakAsync(Exchange exchange) =>
        await masking.MaskAsync(exchange, MaskPurpose.Answer, ReadOnlyMemory<byte>.Empty, Outcome(exchange, OutcomeStatus.Failed, StatusCodes.Status200OK, 0));

    public OutcomeFacts Outcome(Exchange exchange, OutcomeStatus status, int httpStatus, long upstreamBytes) => new()
    {
        Status = status,
        HttpStatus = httpStatus,
        UpstreamMilliseconds = exchange.ForwardedAt is { } at ? Math.Round(time.GetElapsedTime(at).TotalMilliseconds, 3) : null,
        UpstreamBytes = upstreamBytes,
        ApprovalId = exchange.ApprovalId,
    };

    /// <summary>The one answer that is sent without a record: that there can be none. It holds nothing of the call but its id.</summary>
    public static Task SendUnrecordedAsync(Exchange exchange)
    {
        exchange.Answered = true;
        var executed = exchange.ForwardedAt is not null;
        return exchange.Reply.SendMessageAsync(
            exchange.Call.RequestId is null || exchange.Call.Method == "server/discover" ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK,
            McpAnswers.Error(exchange.Call.RequestId, McpFault.InternalError, executed ? Withheld : NotExecuted));
    }

    private async Task SendAsync(Exchange exchange, byte[] message, int status, OutcomeFacts outcome)
    {
        exchange.Answered = true;
        var masked = await masking.MaskAsync(exchange, MaskPurpose.Answer, message, outcome);
        if (masked is null)
        {
            await SendUnrecordedAsync(exchange);
            return;
        }

        CallUsage.Count(exchange, masked);
        await usage.SettleAsync(exchange);
        var given = await taskIds.GiveAsync(exchange, masked);
        await exchange.Reply.SendMessageAsync(exchange.Envelope is null ? status : StatusCodes.Status200OK, exchange.Envelope?.Invoke(given) ?? given);
    }

    private async ValueTask<byte[]?> ReviewAsync(Exchange exchange, byte[] body)
    {
        schemas.Learn(exchange, body);
        return await tools.FilterAsync(exchange, body);
    }
}

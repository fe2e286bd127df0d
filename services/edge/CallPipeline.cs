using System.Diagnostics;
using Chaperone.Contracts;
using Chaperone.Edge.Approvals;
using Chaperone.Edge.Authentication;
using Chaperone.Edge.Decisions;
using Chaperone.Edge.Mcp;
using Chaperone.Edge.Release;
using Chaperone.Edge.Sessions;
using Chaperone.Edge.Upstream;
using Chaperone.Edge.Upstream.Credentials;

namespace Chaperone.Edge;

/// <summary>
/// The walk of one call:
/// <list type="number">
/// <item>The doorman has checked host, origin and token; the message was read from the body (<see cref="McpEndpoint"/>).</item>
/// <item>Policy decides. Its answer means that the intent is durable.</item>
/// <item>A refusal is answered in words the caller's kind of client shows.</item>
/// <item>A held call waits for people; a grant is used once, for this exact call. A look at its task is the call once more.</item>
/// <item>The original bytes go upstream with the upstream's own credential.</item>
/// <item>The answer, or each event of it, is reviewed, masked and recorded, and only then released.</item>
/// </list>
/// Whatever fails on the way ends in a refusal that says whether the call was executed.
/// </summary>
internal sealed class CallPipeline(
    PolicyDesk policy,
    ToolReview tools,
    ApprovalHold approvals,
    HeldTasks tasks,
    HeldCalls held,
    UpstreamForwarder forwarder,
    AnswerIntake intake,
    Releaser releaser,
    CallUsage usage,
    EdgeSeal seal,
    EdgeTelemetry telemetry,
    AskedIds askedIds,
    Challenge challenge,
    TimeProvider time)
{
    public async Task RunAsync(Exchange exchange)
    {
        var started = Stopwatch.GetTimestamp();
        using var activity = EdgeTelemetry.Walking(exchange);
        try
        {
            await WalkAsync(exchange);
        }
        finally
        {
            // However it ended, it is no longer under way.
            await usage.SettleAsync(exchange);
            telemetry.Ended(exchange, started);
        }
    }

    private async Task WalkAsync(Exchange exchange)
    {
        var call = exchange.Call;
        var heldState = exchange.Task is { } task
            ? new HeldState { ApprovalId = task.ApprovalId, UpstreamState = exchange.Message!.RequestState, InputResponses = InputResponses(exchange) }
            : TakeHeldState(exchange);

        // 2. Policy decides, and the intent becomes durable. Where no list has shown the tool yet, policy reviews the server's own first.
        var gone = exchange.Http.RequestAborted;
        var decided = await policy.DecideAsync(
            exchange.Own, call, exchange.Message?.Bytes ?? ReadOnlyMemory<byte>.Empty, heldState?.ApprovalId, async () => await tools.ShowAllAsync(exchange, gone), gone);
        if (decided is null)
        {
            await Releaser.SendUnrecordedAsync(exchange);
            return;
        }

        exchange.Decision = decided.Decision;
        exchange.OwnMasking = decided.OwnMasking;
        exchange.Meters = decided.Meters;
        exchange.RetryAfterSeconds = decided.RetryAfterSeconds;
        CancelHeld(exchange);
        if (exchange.CancelsTask)
        {
            await CancelTaskAsync(exchange);
            return;
        }

        if (exchange.Task is { } looked)
        {
            exchange.Envelope = answer => TaskAnswers.Ended(looked, exchange.TaskId!, answer, time.GetUtcNow());
        }

        // 3. A refusal.
        if (decided.Decision.Effect == CallEffect.Deny)
        {
            if (decided is { Visible: true, Needs: { } needs } && !exchange.Reply.HasStarted)
            {
                var words = McpAnswers.Error(call.RequestId, McpFault.Refused, $"Denied by rule '{decided.Decision.Rule}': {decided.Decision.Reason}");
                await releaser.AnswerAsync(exchange, words, challenge.Show(exchange.Http, call.Server, needs), OutcomeStatus.Refused, McpFault.Refused);
                return;
            }

            var (refusal, status, code) = Refusals.For(exchange, decided.Visible);
            await releaser.AnswerAsync(exchange, refusal, status, OutcomeStatus.Refused, code);
            return;
        }

        if (exchange.Tasks.IsForeign)
        {
            var status = exchange.Message is { Kind: MessageKind.Request } ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
            await releaser.AnswerAsync(exchange, McpAnswers.Error(call.RequestId, McpFault.InvalidParams, TaskIds.NotFound), status, OutcomeStatus.Refused, McpFault.InvalidParams);
            return;
        }

        // 4. Held for people.
        if (decided.Decision.Effect == CallEffect.Hold && !await HoldAsync(exchange, decided, heldState))
        {
            return;
        }

        if (exchange.Task is not null && decided.Decision.Effect != CallEffect.Hold)
        {
            var (words, status, code) = Refusals.Say(exchange, HoldResult.AllowedMeanwhile.Words(call, decided.Decision), exchange.Task.ApprovalId);
            await releaser.AnswerAsync(exchange, words, status, OutcomeStatus.Refused, code);
            return;
        }

        // A client answers only what a server asked for and policy let through.
        if (exchange.Message is { Kind: MessageKind.Response })
        {
            if (askedIds.TakeBack(exchange) is not { } answered)
            {
                await releaser.AnswerAsync(exchange, McpAnswers.Error(null, McpFault.Refused, "No server asked for this answer, or it comes too late."), StatusCodes.Status400BadRequest, OutcomeStatus.Refused, McpFault.Refused);
                return;
            }

            exchange.UpstreamBody = answered;
        }

        // 5. and 6. Forward, then release what comes back.
        await ForwardAsync(exchange);
    }

    private async Task ForwardAsync(Exchange exchange)
    {
        if (!exchange.Own.TryLend())
        {
            var status = exchange.Message is { Kind: MessageKind.Request } ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            var words = McpAnswers.Error(exchange.Call.RequestId, McpFault.InternalError, "The call was not executed: the gateway is too slow now to mask and record its answer in time. Try again shortly.");
            await releaser.AnswerAsync(exchange, words, status, OutcomeStatus.Refused, McpFault.InternalError);
            return;
        }

        exchange.ForwardedAt = time.GetTimestamp();

        // A legacy client that goes away has not cancelled: its call is read to the end and recorded, and can be resumed.
        // Nor has a client that goes away from a task.
        var stop = (exchange.IsModern && exchange.Task is null) || !exchange.IsPost ? exchange.Http.RequestAborted : CancellationToken.None;
        var fault = await forwarder.ForwardAsync(
            exchange.Http.Request,
            exchange.Server,
            UpstreamCaller.Of(exchange),
            exchange.UpstreamSessionId,
            exchange.UpstreamBody,
            (response, cancellationToken) => intake.ReceiveAsync(exchange, response, cancellationToken),
            stop);
        exchange.Own.Stand();
        if (fault is null || exchange.Answered)
        {
            return;
        }

        if (!fault.MayHaveExecuted)
        {
            exchange.ForwardedAt = null;
        }

        if (stop.IsCancellationRequested)
        {
            await releaser.AnswerAsync(exchange, [], StatusCodes.Status200OK, OutcomeStatus.Cancelled);
            return;
        }

        await releaser.FailAsync(exchange, fault.HttpStatus, fault.Message);
    }

    /// <summary>Holds the call; true when it may go on.</summary>
    private async Task<bool> HoldAsync(Exchange exchange, CallDecided decided, HeldState? heldState)
    {
        var call = exchange.Call;
        if (exchange.Message is not { Kind: MessageKind.Request })
        {
            await releaser.AnswerAsync(exchange, McpAnswers.Error(null, McpFault.Refused, "Only requests can be approved."), StatusCodes.Status403Forbidden, OutcomeStatus.Refused, McpFault.Refused);
            return false;
        }

        var result = await approvals.HoldAsync(exchange, decided, heldState);
        exchange.ApprovalId = result.Status?.ApprovalId;
        if (result.End == HoldEnd.Released)
        {
            return true;
        }

        if (result.End == HoldEnd.Pending && exchange.IsModern)
        {
            await releaser.AnswerAsync(exchange, Later(exchange, result, heldState), StatusCodes.Status200OK, OutcomeStatus.Pending);
            return false;
        }

        if (exchange.Task is { } task && result.Status?.State == ApprovalState.Withdrawn)
        {
            exchange.Envelope = words => TaskAnswers.Stands(task, exchange.TaskId!, words, withdrawn: true, time.GetUtcNow());
        }

        var around = exchange.Envelope;
        exchange.Envelope = masked => around is null ? result.Named(masked) : around(result.Named(masked));
        var (answer, status, code) = Refusals.Say(exchange, result.Words(call, exchange.Decision), result.Status?.ApprovalId);
        var outcome = result.End switch
        {
            HoldEnd.Pending => OutcomeStatus.Pending,
            HoldEnd.Cancelled => OutcomeStatus.Cancelled,
            _ => OutcomeStatus.Refused,
        };
        await releaser.AnswerAsync(exchange, answer, status, outcome, code);
        return false;
    }

    /// <summary>The answer that makes a 2026-07-28 client come back: to look at a task where it takes them, else to repeat its call.</summary>
    private byte[] Later(Exchange exchange, HoldResult result, HeldState? heldState)
    {
        var (call, status) = (exchange.Call, result.Status!);
        if (exchange.Task is null && !HeldTasks.Takes(exchange))
        {
            var state = heldState ?? new HeldState { ApprovalId = status.ApprovalId, UpstreamState = exchange.Message!.RequestState, InputResponses = InputResponses(exchange) };
            return McpAnswers.RepeatWith(call.RequestId, seal.Seal(state with { ApprovalId = status.ApprovalId, Legs = state.Legs + 1 }, HeldState.Context(call.Principal, call.Server)));
        }

        var task = exchange.Task ?? tasks.Make(exchange, status);
        var id = exchange.TaskId ?? tasks.IdOf(task, call);
        exchange.Envelope = exchange.Task is null
            ? words => TaskAnswers.Made(task, id, words)
            : words => TaskAnswers.Stands(task, id, words, withdrawn: false, time.GetUtcNow());
        return McpAnswers.ToolError(call.RequestId, call.ProtocolVersion, result.TaskWords(exchange.Decision), exchange.Decision, status.ApprovalId);
    }

    private async Task CancelTaskAsync(Exchange exchange)
    {
        var result = await approvals.WithdrawAsync(exchange, exchange.Task!.ApprovalId);
        exchange.ApprovalId = exchange.Task.ApprovalId;
        await (result.End == HoldEnd.Cancelled
            ? releaser.AnswerAsync(exchange, McpAnswers.Acknowledge(exchange.Call.RequestId), StatusCodes.Status200OK, OutcomeStatus.Cancelled)
            : releaser.AnswerAsync(exchange, McpAnswers.Error(exchange.Call.RequestId, McpFault.InternalError, "The task cannot be cancelled now. Try again shortly."), StatusCodes.Status200OK, OutcomeStatus.Failed, McpFault.InternalError));
    }

    private HeldState? TakeHeldState(Exchange exchange)
    {
        if (exchange.Message is not { RequestState: { } text } message
            || !seal.TryOpen<HeldState>(text, HeldState.Context(exchange.Call.Principal, exchange.Call.Server), out var state))
        {
            return null;
        }

        exchange.UpstreamBody = HeldBody.Restore(message, state!);
        return state;
    }

    private void CancelHeld(Exchange exchange)
    {
        if (exchange.Call.Method == "notifications/cancelled" && exchange.Decision.Effect == CallEffect.Allow
            && exchange.Message!.Params is { ValueKind: System.Text.Json.JsonValueKind.Object } parameters
            && parameters.TryGetProperty("requestId", out var id))
        {
            held.Cancel(exchange, id.GetRawText());
        }
    }

    private static string? InputResponses(Exchange exchange) =>
        exchange.Message!.Params.TryGetProperty("inputResponses", out var responses) ? responses.GetRawText() : null;
}

using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Edge.Authentication;
using Chaperone.Edge.Decisions;
using Chaperone.Edge.Release;
using Microsoft.Extensions.Options;

namespace Chaperone.Edge.Approvals;

/// <summary>
/// Holds a call until people have decided, the client has cancelled, or this leg's time is over. What is approved is one exact
/// call: its binding is made anew, and policy asked again, right before the grant is used.
/// </summary>
internal sealed class ApprovalHold(
    PolicyDesk policy,
    Masking masking,
    ToolProbe probe,
    ToolReview review,
    ApprovalWaits waits,
    HeldCalls held,
    IAsk<RequestApproval, ApprovalStatus> request,
    IAsk<ClaimApproval, ApprovalClaimed> claim,
    IAsk<WithdrawApproval, ApprovalStatus> withdraw,
    IOptions<EdgeOptions> options,
    TimeProvider time)
{
    // The event wakes a held call; asking again is for the event that was lost. So it may be rare, and rarer the longer it took.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    // A client's time limit runs while a leg waits. What waited longer gets a fresh leg to run in, unless it is the client's last.
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(10);
    private const int LastLeg = 9;

    /// <summary>Holds <paramref name="exchange"/>; <paramref name="resumed"/> is what an earlier leg sealed, if there was one.</summary>
    public async Task<HoldResult> HoldAsync(Exchange exchange, CallDecided decided, HeldState? resumed)
    {
        using var cancelled = new CancellationTokenSource();
        using var registration = held.Add(exchange, cancelled);
        try
        {
            return await HoldAsync(exchange, decided, resumed, cancelled.Token);
        }
        catch (BusUnavailableException)
        {
            return HoldResult.Unavailable;
        }
        finally
        {
            exchange.Reply.Beat = null;
        }
    }

    /// <summary>Withdraws the request of a task that the client cancels.</summary>
    public async Task<HoldResult> WithdrawAsync(Exchange exchange, string approvalId)
    {
        try
        {
            var status = await exchange.Own.AskAsync(withdraw, new WithdrawApproval { Call = exchange.Call, ApprovalId = approvalId }, CancellationToken.None, cold: true);
            return new HoldResult(HoldEnd.Cancelled, status, null);
        }
        catch (BusUnavailableException)
        {
            return HoldResult.Unavailable;
        }
    }

    private async Task<HoldResult> HoldAsync(Exchange exchange, CallDecided decided, HeldState? resumed, CancellationToken cancelled)
    {
        var (tool, risk, refusal) = await ReadToolAsync(exchange);
        if (tool is null)
        {
            return refusal!;
        }

        if (await AskAsync(exchange, decided, resumed, tool, risk) is not { } ask)
        {
            return HoldResult.Unavailable;
        }

        // Modern: the end of the response stream is the client's cancellation. Older revisions: it is not (MCP 2025-11-25, transports).
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(cancelled, LiveCall.EndOf(exchange.Http), exchange.IsModern ? exchange.Http.RequestAborted : CancellationToken.None);
        var (status, waited) = await WaitAsync(exchange, ask, leave.Token);
        if (leave.IsCancellationRequested && status.State == ApprovalState.Pending && exchange.Task is null)
        {
            await withdraw.AskAsync(new WithdrawApproval { Call = exchange.Call, ApprovalId = status.ApprovalId }, CancellationToken.None);
            return new HoldResult(HoldEnd.Cancelled, status, null);
        }

        if (LiveCall.EndOf(exchange.Http).IsCancellationRequested)
        {
            return new HoldResult(HoldEnd.Cancelled, status, null);
        }

        return status.State switch
        {
            ApprovalState.Pending => new HoldResult(HoldEnd.Pending, status, null),
            ApprovalState.Approved when NeedsFreshLeg(exchange, resumed, waited) => new HoldResult(HoldEnd.Pending, status, null),
            ApprovalState.Approved => await ReleaseAsync(exchange, ask, status, resumed, waited is not null),
            _ => new HoldResult(HoldEnd.Refused, status, null),
        };
    }

    private static bool NeedsFreshLeg(Exchange exchange, HeldState? resumed, TimeSpan? waited) =>
        exchange.Task is not null ? waited is not null : exchange.IsModern && waited > LongWait && (resumed?.Legs ?? 0) < LastLeg;

    /// <summary>The digest of the call's tool as its server lists it now; null, and why, where it cannot be asked about or is not accepted.</summary>
    private async ValueTask<(string? Digest, string? Risk, HoldResult? Refusal)> ReadToolAsync(Exchange exchange)
    {
        var (told, tool) = await probe.FindAsync(exchange, CancellationToken.None);
        if (!told)
        {
            return (null, null, HoldResult.UnknownTool);
        }

        return tool is not { } definition || await review.AcceptsAsync(exchange, definition)
            ? (ToolProbe.Digest(tool), ToolRisk.Words(tool), null)
            : (null, null, HoldResult.ChangedTool);
    }

    private async Task<RequestApproval?> AskAsync(Exchange exchange, CallDecided decided, HeldState? resumed, string tool, string? risk)
    {
        if (await masking.ForDisplayAsync(exchange, CancellationToken.None) is not { } display
            || decided.Approval is null)
        {
            return null;
        }

        return new RequestApproval
        {
            Call = exchange.Call,
            BindingDigest = Binding(exchange, decided.Decision, tool, resumed),
            ToolDefinitionDigest = tool,
            Decision = decided.Decision,
            Requirement = decided.Approval with { Risk = risk },
            MaskedRequest = display,
            ApprovalId = resumed?.ApprovalId,
        };
    }

    /// <summary>Where the request stands after this leg, and how long the leg waited; null where it did not.</summary>
    private async Task<(ApprovalStatus Status, TimeSpan? Waited)> WaitAsync(Exchange exchange, RequestApproval ask, CancellationToken leave)
    {
        // A call that becomes a task is answered at once: its looks wait.
        var limit = HeldTasks.Takes(exchange) ? TimeSpan.Zero : exchange.IsModern ? options.Value.ModernLeg : options.Value.LegacyHold;
        var began = time.GetTimestamp();
        var status = await exchange.Own.AskAsync(request, ask, CancellationToken.None, cold: true);
        if (status.State != ApprovalState.Pending || leave.IsCancellationRequested || limit <= TimeSpan.Zero)
        {
            return (status, null);
        }

        using var wait = waits.Join(status.ApprovalId);
        var (news, pause) = (wait.Next, FirstPause);
        exchange.Progress ??= exchange.Task is null ? HoldProgress.For(exchange.Message!, status.ApprovalId) : null;
        exchange.Reply.Beat = exchange.Progress is { } progress ? progress.Next : null;
        if (exchange.Http.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase))
        {
            await exchange.Reply.StartStreamAsync(options.Value.KeepAlive);
        }

        while (status.State == ApprovalState.Pending && !leave.IsCancellationRequested && limit - time.GetElapsedTime(began) is var left && left > TimeSpan.Zero)
        {
            exchange.Own.Renew();
            try
            {
                await news.WaitAsync(left < pause ? left : pause, time, leave);
            }
            catch (Exception e) when (e is TimeoutException or OperationCanceledException)
            {
                // Asked again below, or left: either way the approval room has the truth.
            }

            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            if (!leave.IsCancellationRequested)
            {
                news = wait.Next;
                status = await exchange.Own.AskAsync(request, ask, CancellationToken.None, cold: true);
            }
        }

        return (status, time.GetElapsedTime(began));
    }

    private async Task<HoldResult> ReleaseAsync(Exchange exchange, RequestApproval ask, ApprovalStatus status, HeldState? resumed, bool waited)
    {
        var decision = exchange.Decision;
        var tool = ask.ToolDefinitionDigest;
        if (waited)
        {
            // People's answer has just come.
            exchange.Own.Renew();
            var again = await policy.DecideAsync(exchange.Own, exchange.Call, exchange.Message!.Bytes, status.ApprovalId, CancellationToken.None);
            var (probed, _, refusal) = await ReadToolAsync(exchange);
            if (again is null || probed is null)
            {
                return again is null ? HoldResult.Unavailable : refusal!;
            }

            (decision, tool) = (again.Decision, probed);
            exchange.Decision = decision;
            exchange.OwnMasking = again.OwnMasking;
            if (decision.Effect == CallEffect.Deny)
            {
                return new HoldResult(HoldEnd.Refused, status, "Policy has changed since it was approved and now denies it.");
            }
        }

        // Only the bus limits this one: a grant is used up by a claim whose answer nobody waits for.
        var claimed = await claim.AskAsync(
            new ClaimApproval
            {
                Call = exchange.Call,
                ApprovalId = status.ApprovalId,
                BindingDigest = Binding(exchange, decision, tool, resumed),
            },
            CancellationToken.None);
        exchange.Own.Renew();
        return claimed.Granted
            ? new HoldResult(HoldEnd.Released, claimed.Status, null)
            : new HoldResult(HoldEnd.Refused, claimed.Status, claimed.Problem);
    }

    private static string Binding(Exchange exchange, DecisionFacts decision, string tool, HeldState? resumed)
    {
        var parameters = exchange.Message!.Params;
        var responses = resumed is not null
            ? resumed.InputResponses
            : parameters.ValueKind == System.Text.Json.JsonValueKind.Object && parameters.TryGetProperty("inputResponses", out var given) ? given.GetRawText() : null;
        return CallBinding.Digest(exchange.Call, parameters, tool, decision.PolicyDigest, responses);
    }
}

using System.Collections.Concurrent;
using System.Text;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;

namespace Chaperone.Edge.Tests;

/// <summary>The other rooms as a test wants them; every message they got is kept.</summary>
internal sealed class PlayedRooms
{
    public ConcurrentQueue<EvaluateCall> Evaluated { get; } = new();

    public ConcurrentQueue<(MaskResult Message, string Payload)> Masked { get; } = new();

    public ConcurrentQueue<RequestApproval> Requested { get; } = new();

    public ConcurrentQueue<ClaimApproval> Claimed { get; } = new();

    public ConcurrentQueue<WithdrawApproval> Withdrawn { get; } = new();

    public ConcurrentQueue<RecordEntry> Recorded { get; } = new();

    public Func<EvaluateCall, (CallEffect Effect, bool Visible)> Decide { get; set; } = _ => (CallEffect.Allow, true);

    public string PolicyDigest { get; set; } = new('a', 64);

    /// <summary>What masking makes of a payload; null withholds, an exception is a broken room.</summary>
    public Func<MaskResult, string, string?> Mask { get; set; } = (_, payload) => payload.Replace("123-45-6789", "[SSN]", StringComparison.Ordinal);

    public int? RetryAfterSeconds { get; set; }

    public ProofNeeded? Needs { get; set; }

    public UsageMeter[] Meters { get; set; } = [];

    public ConcurrentQueue<SettleCall> Settled { get; } = new();

    /// <summary>Runs when policy or masking is asked something, before it answers.</summary>
    public Action Work { get; set; } = () => { };

    /// <summary>Runs before records are kept; an exception is a recorder that keeps none.</summary>
    public Action Keep { get; set; } = () => { };

    /// <summary>Whether policy knows the tool of a call from no list yet.</summary>
    public Func<EvaluateCall, bool> NeedsToolList { get; set; } = _ => false;

    /// <summary>How many tools of a list are not accepted.</summary>
    public Func<string, int> Unaccepted { get; set; } = _ => 0;

    /// <summary>Whether policy wants the whole list before this one.</summary>
    public Func<ReviewList, bool> NeedsWholeList { get; set; } = _ => false;

    /// <summary>Every list that policy was shown.</summary>
    public ConcurrentQueue<string> Reviewed { get; } = new();

    public Func<string, string?> Review { get; set; } = answer => answer.Replace("\"hidden\"", "\"gone\"", StringComparison.Ordinal);

    public Func<RequestApproval, ApprovalStatus> Approve { get; set; } = _ => Status(ApprovalState.Pending);

    public Func<ClaimApproval, bool> Claim { get; set; } = _ => true;

    public static ApprovalStatus Status(ApprovalState state, string? by = null, string? reason = null) => new()
    {
        ApprovalId = "APR-1",
        State = state,
        ExpiresAt = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero),
        DecidedBy = by,
        Reason = reason,
    };
}

internal sealed class PlayedPolicy(PlayedRooms rooms) : IDoor<EvaluateCall, CallDecided>
{
    public ValueTask<CallDecided> AnswerAsync(EvaluateCall request, CancellationToken cancellationToken)
    {
        rooms.Work();
        rooms.Evaluated.Enqueue(request);
        var (effect, visible) = rooms.Decide(request);
        return ValueTask.FromResult(new CallDecided
        {
            CallId = request.Call.CallId,
            Visible = visible,
            Decision = new DecisionFacts { Effect = effect, Rule = "played", PolicyDigest = rooms.PolicyDigest, Reason = "Because the test says so.", Masking = "safe-harbor" },
            NeedsToolList = rooms.NeedsToolList(request),
            Needs = rooms.Needs,
            RetryAfterSeconds = rooms.RetryAfterSeconds,
            Meters = rooms.Meters,
            Approval = effect == CallEffect.Hold
                ? new ApprovalRequirement { Role = "admin", Groups = ["admins"], Approvals = 1, ExpiresAfter = TimeSpan.FromMinutes(10) }
                : null,
        });
    }
}

internal sealed class PlayedSettle(PlayedRooms rooms) : IDoor<SettleCall, CallSettled>
{
    public ValueTask<CallSettled> AnswerAsync(SettleCall request, CancellationToken cancellationToken)
    {
        rooms.Settled.Enqueue(request);
        return ValueTask.FromResult(new CallSettled { CallId = request.CallId });
    }
}

internal sealed class PlayedReview(PlayedRooms rooms, IPayloadSeal seal) : IDoor<ReviewList, ListReviewed>
{
    public ValueTask<ListReviewed> AnswerAsync(ReviewList request, CancellationToken cancellationToken)
    {
        rooms.Work();
        var answer = Encoding.UTF8.GetString(seal.Open(request.Answer, request.Call.CallId));
        var whole = rooms.NeedsWholeList(request);
        rooms.Reviewed.Enqueue(answer);
        var reviewed = whole ? null : rooms.Review(answer);
        return ValueTask.FromResult(new ListReviewed
        {
            CallId = request.Call.CallId,
            Hidden = 0,
            Unaccepted = rooms.Unaccepted(answer),
            NeedsWholeList = whole,
            Answer = reviewed is null ? null : seal.Seal(Encoding.UTF8.GetBytes(reviewed), request.Call.CallId),
        });
    }
}

internal sealed class PlayedMasking(PlayedRooms rooms, IPayloadSeal seal) : IDoor<MaskResult, ResultMasked>
{
    public ValueTask<ResultMasked> AnswerAsync(MaskResult request, CancellationToken cancellationToken)
    {
        rooms.Work();
        var payload = Encoding.UTF8.GetString(seal.Open(request.Payload, request.Call.CallId));
        rooms.Masked.Enqueue((request, payload));
        var masked = rooms.Mask(request, payload);
        return ValueTask.FromResult(new ResultMasked
        {
            CallId = request.Call.CallId,
            Disposition = masked is null ? MaskDisposition.Withheld : MaskDisposition.Released,
            Payload = seal.Seal(Encoding.UTF8.GetBytes(masked ?? """{"jsonrpc":"2.0","id":1,"result":{"content":[],"isError":true}}"""), request.Call.CallId),
            Findings = [],
        });
    }
}

internal sealed class PlayedRequest(PlayedRooms rooms) : IDoor<RequestApproval, ApprovalStatus>
{
    public ValueTask<ApprovalStatus> AnswerAsync(RequestApproval request, CancellationToken cancellationToken)
    {
        rooms.Requested.Enqueue(request);
        return ValueTask.FromResult(rooms.Approve(request));
    }
}

internal sealed class PlayedClaim(PlayedRooms rooms) : IDoor<ClaimApproval, ApprovalClaimed>
{
    public ValueTask<ApprovalClaimed> AnswerAsync(ClaimApproval request, CancellationToken cancellationToken)
    {
        rooms.Claimed.Enqueue(request);
        var granted = rooms.Claim(request);
        return ValueTask.FromResult(new ApprovalClaimed
        {
            Granted = granted,
            Status = PlayedRooms.Status(granted ? ApprovalState.Used : ApprovalState.Approved),
            Problem = granted ? null : "The call is not the one that was approved.",
        });
    }
}

internal sealed class PlayedWithdraw(PlayedRooms rooms) : IDoor<WithdrawApproval, ApprovalStatus>
{
    public ValueTask<ApprovalStatus> AnswerAsync(WithdrawApproval request, CancellationToken cancellationToken)
    {
        rooms.Withdrawn.Enqueue(request);
        return ValueTask.FromResult(PlayedRooms.Status(ApprovalState.Withdrawn));
    }
}

internal sealed class PlayedRecorder(PlayedRooms rooms) : IRecordKeeper
{
    public ValueTask KeepAsync(IReadOnlyList<RecordEntry> entries, CancellationToken cancellationToken)
    {
        rooms.Keep();
        foreach (var entry in entries)
        {
            rooms.Recorded.Enqueue(entry);
        }

        return ValueTask.CompletedTask;
    }
}

using System.Text;
using System.Text.Encodings.Web;
using Chaperone.Contracts;

namespace Chaperone.Edge.Approvals;

/// <summary>How a leg of holding ended.</summary>
internal sealed record HoldResult(HoldEnd End, ApprovalStatus? Status, string? Problem)
{
    public static HoldResult Unavailable { get; } = new(HoldEnd.Unavailable, null, null);

    /// <summary>The upstream did not say what the tool is, so nobody can be asked about it.</summary>
    public static HoldResult UnknownTool { get; } =
        new(HoldEnd.Unavailable, null, "The call needs approval, but the MCP server does not say what its tools are now (tools/list failed).");

    /// <summary>What the upstream says of the tool now is not accepted, so nobody is asked about it.</summary>
    public static HoldResult ChangedTool { get; } =
        new(HoldEnd.Unavailable, null, "The tool has changed on its server and waits until an admin accepts it (rule 'tool-pinning'; console, Tools).");

    /// <summary>A task's call that needs no approval any more could run with every look, so it does not run at all.</summary>
    public static HoldResult AllowedMeanwhile { get; } =
        new(HoldEnd.Unavailable, null, "Policy has changed since approval was asked and lets the call pass now. Call again without the task.");

    private const string Somebody = "an approver";

    /// <summary>What the caller is told; never for <see cref="HoldEnd.Released"/>.</summary>
    public string Words(CallFacts call, DecisionFacts decision) => End switch
    {
        HoldEnd.Pending =>
            $"Approval {Status!.ApprovalId} is pending (rule '{decision.Rule}', open until {Status.ExpiresAt:HH:mm} UTC). Not executed. Repeat the identical call after approval.",
        HoldEnd.Cancelled => $"Approval {Status!.ApprovalId} was withdrawn because the call was cancelled. Not executed.",
        HoldEnd.Unavailable when Problem is not null => $"{Problem} Not executed.",
        HoldEnd.Refused when Problem is not null => $"{Problem} Not executed (approval {Status?.ApprovalId}, rule '{decision.Rule}').",
        HoldEnd.Refused => Status!.State switch
        {
            ApprovalState.Denied => $"{call.Target ?? call.Method} was denied by {Somebody} (approval {Status.ApprovalId}){Because(Status.Reason)}. Not executed.",
            ApprovalState.Expired => $"Approval {Status.ApprovalId} expired before anybody decided. Not executed. Repeat the call to ask again.",
            ApprovalState.Withdrawn => $"Approval {Status.ApprovalId} was withdrawn. Not executed. Repeat the call to ask again.",
            _ => $"Approval {Status.ApprovalId} was already used by one call. Not executed again. Repeat the call to ask anew.",
        },
        _ => "The call was not executed: approvals cannot be asked for now. Try again shortly.",
    };

    /// <summary>
    /// The masked refusal with the name of who denied: masking takes it for a patient's. It comes from the identity provider and
    /// is in the approval's own record; what that person wrote stays masked.
    /// </summary>
    public byte[] Named(byte[] masked)
    {
        if (Status is not { State: ApprovalState.Denied, DecidedBy: { } name })
        {
            return masked;
        }

        var (said, meant) = ($"was denied by {Somebody} (approval {Status.ApprovalId})", $"was denied by {JavaScriptEncoder.Default.Encode(name)} (approval {Status.ApprovalId})");
        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(masked).Replace(said, meant, StringComparison.Ordinal));
    }

    /// <summary>What a client is told that looks at the call's task.</summary>
    public string TaskWords(DecisionFacts decision) => Status!.State == ApprovalState.Approved
        ? $"Approval {Status.ApprovalId} was given. The call runs when the task is looked at next."
        : $"Approval {Status.ApprovalId} is pending (rule '{decision.Rule}', open until {Status.ExpiresAt:HH:mm} UTC). Not executed yet; it runs once it is approved.";

    private static string Because(string? reason) => string.IsNullOrWhiteSpace(reason) ? string.Empty : $": {reason.Trim().TrimEnd('.')}";
}

/// <summary>How a leg of holding ended; the safe side is zero.</summary>
internal enum HoldEnd
{
    Unavailable = 0,
    Refused = 1,
    Pending = 2,
    Cancelled = 3,
    Released = 4,
}

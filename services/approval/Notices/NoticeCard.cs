using Chaperone.Contracts;

namespace Chaperone.Approval.Notices;

/// <summary>What people outside the console may see of a request: no arguments, no words of a person, nothing that may hold PHI.</summary>
internal sealed record NoticeCard
{
    /// <summary>The same for each attempt to deliver this card.</summary>
    public required string DeliveryId { get; init; }

    public required NoticeOccasion Occasion { get; init; }

    public required string ApprovalId { get; init; }

    public required ApprovalState State { get; init; }

    public required string Requester { get; init; }

    public required string Server { get; init; }

    public required string Method { get; init; }

    /// <summary>Name of the tool or prompt where it is a plain name; null for a resource, whose URI may name a patient.</summary>
    public string? Tool { get; init; }

    public required string Rule { get; init; }

    /// <summary>What the tool may do, as its server declares it; null where that is not known.</summary>
    public string? Risk { get; init; }

    public required string Role { get; init; }

    public required int ApprovalsNeeded { get; init; }

    /// <summary>Roles that may answer as well by now; null before the request was escalated.</summary>
    public string? EscalatedTo { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public string? DecidedBy { get; init; }

    /// <summary>The request's page in the console; null when no address is configured.</summary>
    public Uri? Link { get; init; }

    public static NoticeCard Of(ApprovalCase about, string deliveryId, NoticeOccasion occasion, Uri? console, DateTimeOffset now) => new()
    {
        DeliveryId = deliveryId,
        Occasion = occasion,
        ApprovalId = about.Id,
        State = about.StatusAt(now).State,
        Requester = about.Call.Principal.Shown(),
        Server = about.Call.Server,
        Method = about.Call.Method,
        Tool = about.Call.PlainTarget(),
        Rule = about.Decision.Rule,
        Risk = about.Requirement.Risk,
        Role = about.Requirement.Role,
        ApprovalsNeeded = about.Requirement.Approvals,
        EscalatedTo = Seating.IsEscalated(about, now) ? about.Requirement.Escalation!.Role : null,
        ExpiresAt = about.ExpiresAt,
        DecidedBy = about.DecidedBy,
        Link = LinkTo(about.Id, console),
    };

    /// <summary>What is asked, in one line.</summary>
    public string Question() =>
        $"{(Occasion is NoticeOccasion.Reminded or NoticeOccasion.Escalated ? "Still waiting: " : "")}{ApprovalId}: may {Tool ?? Method} on {Server} run?";

    /// <summary>Who is needed.</summary>
    public string Needs() => $"{ApprovalsNeeded} by role {Role}{(EscalatedTo is null ? "" : $", or {EscalatedTo}")}";

    /// <summary>A request's page in the console; null when no address is configured.</summary>
    public static Uri? LinkTo(string approvalId, Uri? console) => console is null ? null : new Uri($"{console.AbsoluteUri.TrimEnd('/')}/approvals/{approvalId}");
}

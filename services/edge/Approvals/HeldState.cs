using Chaperone.Contracts;

namespace Chaperone.Edge.Approvals;

/// <summary>What the gateway seals into requestState between the legs of a held 2026-07-28 call.</summary>
internal sealed record HeldState
{
    /// <summary>The request that is waiting.</summary>
    public required string ApprovalId { get; init; }

    /// <summary>How many legs there were before this one; clients repeat a call ten times at most.</summary>
    public int Legs { get; init; }

    /// <summary>The upstream's own requestState, which the held call carried; null if none.</summary>
    public string? UpstreamState { get; init; }

    /// <summary>The inputResponses that the held call carried, as raw JSON: clients drop them on a state-only repeat.</summary>
    public string? InputResponses { get; init; }

    /// <summary>For whom and what it was sealed.</summary>
    public static string Context(Principal principal, string server) =>
        string.Join('\n', "held", principal.Issuer, principal.Subject, principal.ClientId, server);
}

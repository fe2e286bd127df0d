namespace Chaperone.Contracts;

/// <summary>An edge tells all edges that an identity provider ended sign-ins; each forgets them no earlier than a day later.</summary>
public sealed record SessionEnded
{
    /// <summary>What ended: digests of issuer and session, or of issuer and subject; they name nobody.</summary>
    public required string[] Keys { get; init; }

    /// <summary>Tokens issued until then are good no longer.</summary>
    public required DateTimeOffset At { get; init; }
}

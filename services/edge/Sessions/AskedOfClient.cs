using Chaperone.Contracts;

namespace Chaperone.Edge.Sessions;

/// <summary>What the gateway gives a client in place of the id of a server's request, sealed: so that it takes back only answers to what policy let through, at any edge.</summary>
internal sealed record AskedOfClient
{
    /// <summary>How long an answer is taken: people answer elicitations in their own time.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>The server's own id, as raw JSON.</summary>
    public required string Id { get; init; }

    /// <summary>Digest of the upstream session it was asked in; null where there was none yet.</summary>
    public string? UpstreamSession { get; init; }

    /// <summary>When it was let through.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who may answer it, and at which server.</summary>
    public static string Context(Principal principal, string server) =>
        string.Join('\n', "asked", principal.Issuer, principal.Subject, principal.ClientId, server);
}

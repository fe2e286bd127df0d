namespace Chaperone.Edge.Upstream.Credentials;

/// <summary>What the gateway shows to one upstream. Called concurrently, once per forwarded request.</summary>
internal interface IUpstreamCredential
{
    /// <summary>What is wrong now, for health: names the field, holds no secret; null when nothing is known to be.</summary>
    string? Problem { get; }

    /// <summary>The header to show for a call of <paramref name="caller"/>.</summary>
    /// <exception cref="CredentialException">There is none; nothing may be sent.</exception>
    ValueTask<CredentialHeader> ForAsync(UpstreamCaller caller, CancellationToken cancellationToken);

    /// <summary>Another header after the upstream answered 401 to <paramref name="refused"/>; null when there is no other.</summary>
    /// <exception cref="CredentialException">There is none any more.</exception>
    ValueTask<CredentialHeader?> RenewAsync(UpstreamCaller caller, CredentialHeader refused, CancellationToken cancellationToken);

    /// <summary>Looks whether files have changed; called every few seconds from one thread.</summary>
    void Refresh();
}

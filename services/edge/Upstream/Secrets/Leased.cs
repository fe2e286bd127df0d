namespace Chaperone.Edge.Upstream.Secrets;

/// <summary>Something fetched that may be used until a moment.</summary>
internal sealed record Leased<T>(T Value, DateTimeOffset Until)
{
    /// <summary>Keeps the secret out of logs and messages.</summary>
    public override string ToString() => "leased";
}

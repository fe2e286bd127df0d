namespace Chaperone.Contracts;

/// <summary>An edge tells all edges that it gave a server's task to a caller, so that each shows it to nobody else; to have missed it shows less, never more.</summary>
public sealed record TaskGiven
{
    /// <summary>Digest of the task's sealed id, which says neither whose it is nor which.</summary>
    public required string Digest { get; init; }
}

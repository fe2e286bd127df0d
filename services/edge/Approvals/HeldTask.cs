using Chaperone.Contracts;

namespace Chaperone.Edge.Approvals;

/// <summary>A held call as a task (extension io.modelcontextprotocol/tasks): its id, sealed, holds all of this, so that every edge can serve it and none has to keep it.</summary>
internal sealed record HeldTask
{
    /// <summary>The request that is waiting.</summary>
    public required string ApprovalId { get; init; }

    /// <summary>The call's params as they came, but for <c>_meta</c>: UTF-8 JSON.</summary>
    public required byte[] Params { get; init; }

    /// <summary>The headers that repeat the call's name and parameters, as they came.</summary>
    public required Dictionary<string, string> Headers { get; init; }

    /// <summary>When the task was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the request for approval lapses.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>For whom and what it was sealed.</summary>
    public static string Context(Principal principal, string server) =>
        string.Join('\n', "task", principal.Issuer, principal.Subject, principal.ClientId, server);
}

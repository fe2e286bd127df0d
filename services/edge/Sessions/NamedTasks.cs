using Chaperone.Edge.Mcp;

namespace Chaperone.Edge.Sessions;

/// <summary>The tasks of the server that a client's message names.</summary>
internal sealed record NamedTasks
{
    private static readonly Dictionary<string, string> NoIds = [];

    /// <summary>It names none.</summary>
    public static NamedTasks None { get; } = new();

    /// <summary>It names one that is not this caller's at this server, or nobody's.</summary>
    public static NamedTasks Foreign { get; } = new() { IsForeign = true };

    /// <summary>True where the message must not go on.</summary>
    public bool IsForeign { get; private init; }

    /// <summary>The message with the server's own ids; null where it names none. Whoever takes it disposes it.</summary>
    public McpMessage? Message { get; init; }

    /// <summary>The client's id of each, by the server's: what it sent is what it gets back, also after the key was changed.</summary>
    public IReadOnlyDictionary<string, string> Ids { get; init; } = NoIds;
}

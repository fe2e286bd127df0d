namespace Chaperone.Contracts;

/// <summary>Console to policy: an admin's answer about one definition of one tool. Answered once it is recorded and in force.</summary>
public sealed record DecideTool
{
    /// <summary>Which (<see cref="ToolItem.ToolId"/>).</summary>
    public required Guid ToolId { get; init; }

    /// <summary>True to accept, false to refuse.</summary>
    public required bool Accept { get; init; }

    /// <summary>The admin's words, 1 to 1,000 characters.</summary>
    public required string Reason { get; init; }

    /// <summary>Who answers.</summary>
    public required Principal Decider { get; init; }
}

/// <summary>What became of it.</summary>
public sealed record ToolDecided
{
    /// <summary>True if the answer counted.</summary>
    public required bool Accepted { get; init; }

    /// <summary>One sentence for the admin when it did not count; null when it did.</summary>
    public string? Problem { get; init; }
}

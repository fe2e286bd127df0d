namespace Chaperone.Console.Replay;

/// <summary>A list of tools as the client was given it, and how it differs from the one before.</summary>
internal sealed record ToolListSeen
{
    /// <summary>Leaf index of the answer.</summary>
    public required long Index { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Names, sorted.</summary>
    public required string[] Tools { get; init; }

    public required bool IsFirst { get; init; }

    public required string[] Added { get; init; }

    public required string[] Removed { get; init; }

    public required ToolChange[] Changed { get; init; }

    public bool IsSame => !IsFirst && Added.Length == 0 && Removed.Length == 0 && Changed.Length == 0;
}

/// <summary>One member of a tool's definition that is not what it was; null where it was not there.</summary>
internal sealed record ToolChange(string Tool, string Member, string? Before, string? After);

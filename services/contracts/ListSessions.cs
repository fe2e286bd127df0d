namespace Chaperone.Contracts;

/// <summary>Console to recorder: sessions, newest first.</summary>
public sealed record ListSessions
{
    /// <summary>Words to find in the masked text, or in person, server, tool, rule, as in <see cref="MessageTerms.Words"/>; null for all.</summary>
    public string? Search { get; init; }

    /// <summary>Earliest last activity; null for no bound.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Latest first activity; null for no bound.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>From 0.</summary>
    public int Offset { get; init; }

    /// <summary>1 to 200.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>One page of sessions.</summary>
public sealed record SessionPage
{
    /// <summary>How many match in all.</summary>
    public required int Total { get; init; }

    /// <summary>True when only the newest matching records were looked at, so that older sessions may match as well.</summary>
    public bool Capped { get; init; }

    /// <summary>Why the words were not understood, one sentence; null if they were.</summary>
    public string? Problem { get; init; }

    /// <summary>The page.</summary>
    public required SessionItem[] Items { get; init; }
}

/// <summary>One session at a glance.</summary>
public sealed record SessionItem
{
    /// <summary>The gateway's session id.</summary>
    public required Guid SessionId { get; init; }

    /// <summary>Who.</summary>
    public required Principal Principal { get; init; }

    /// <summary>Client program; null if unknown.</summary>
    public string? ClientName { get; init; }

    /// <summary>Key of the server.</summary>
    public required string Server { get; init; }

    /// <summary>First record.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Last record.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>Calls in it.</summary>
    public required int Calls { get; init; }

    /// <summary>Denied calls in it.</summary>
    public required int Denied { get; init; }

    /// <summary>Identifiers masked in it.</summary>
    public required int Masked { get; init; }
}

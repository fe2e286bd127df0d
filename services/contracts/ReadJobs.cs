namespace Chaperone.Contracts;

/// <summary>Console to approval: how the work in the background stands.</summary>
public sealed record ReadJobs;

/// <summary>How the work in the background stands. Free of PHI: numbers, names of channels and of jobs.</summary>
public sealed record JobsReport
{
    /// <summary>Workers that run jobs, by name; none while the store of jobs is away.</summary>
    public required JobWorker[] Workers { get; init; }

    /// <summary>Jobs that come round, by name.</summary>
    public required RepeatingJob[] Repeating { get; init; }

    /// <summary>What waits to be sent, answered or recorded, by kind and channel.</summary>
    public required DueWork[] Due { get; init; }

    /// <summary>Jobs that failed, the newest first; at most 20.</summary>
    public required FailedJob[] Failed { get; init; }

    /// <summary>Jobs for later, e.g. the end of an open request.</summary>
    public required long Scheduled { get; init; }

    /// <summary>Jobs that could run now.</summary>
    public required long Waiting { get; init; }

    /// <summary>Jobs that run.</summary>
    public required long Running { get; init; }

    /// <summary>Jobs done since the store of jobs began.</summary>
    public required long Done { get; init; }
}

/// <summary>One process that runs jobs.</summary>
public sealed record JobWorker
{
    /// <summary>Its name: room, machine and process.</summary>
    public required string Name { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it last said that it lives; null if it never did.</summary>
    public DateTimeOffset? SeenAt { get; init; }
}

/// <summary>One job that comes round.</summary>
public sealed record RepeatingJob
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>When it comes round, as a cron expression; six fields begin with seconds.</summary>
    public required string Cron { get; init; }

    /// <summary>When it last ran; null if it never did.</summary>
    public DateTimeOffset? LastAt { get; init; }

    /// <summary>When it runs next; null if it does not.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>How the last run ended, e.g. <c>Succeeded</c>; null if there was none.</summary>
    public string? LastState { get; init; }
}

/// <summary>What waits of one kind for one channel.</summary>
public sealed record DueWork
{
    /// <summary><c>notice</c>, <c>card</c>, <c>click</c> or <c>record</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The channel, e.g. <c>slack</c> or <c>email</c>; null where there is none.</summary>
    public string? Channel { get; init; }

    /// <summary>How many.</summary>
    public required long Count { get; init; }

    /// <summary>When the first of them is, or was, to be done; null where no time is kept.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How often the most tried of them was tried.</summary>
    public required long Attempts { get; init; }
}

/// <summary>One job that failed.</summary>
public sealed record FailedJob
{
    /// <summary>What it was, e.g. <c>ApprovalJobs.SweepAsync</c>.</summary>
    public required string Name { get; init; }

    /// <summary>When it failed.</summary>
    public DateTimeOffset? FailedAt { get; init; }

    /// <summary>The type of its exception; messages may hold anything, and are in the log.</summary>
    public string? Error { get; init; }
}

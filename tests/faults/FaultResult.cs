namespace Chaperone.Faults;

/// <summary>What one run saw, from the fault on.</summary>
internal sealed record FaultResult
{
    public required FaultPoint Point { get; init; }

    public required int Served { get; init; }

    public required int Refused { get; init; }

    /// <summary>Calls whose connection ended with the process they were connected to.</summary>
    public required int Cut { get; init; }

    /// <summary>In milliseconds; 0 when nothing was refused.</summary>
    public required double SlowestRefusal { get; init; }

    /// <summary>From the fault's end to the last call that was not served.</summary>
    public required TimeSpan Recovery { get; init; }

    /// <summary>How late the machine itself was at worst.</summary>
    public required TimeSpan Lag { get; init; }

    /// <summary>Numbers that new gap records name.</summary>
    public required long Gaps { get; init; }

    /// <summary>Served answers whose record was taken away on purpose, told of by gaps.</summary>
    public required int TakenAway { get; init; }

    /// <summary>What must not be; empty when all is well.</summary>
    public required IReadOnlyList<string> Violations { get; init; }
}

namespace Chaperone.TestKit.Conformance;

/// <summary>What a run of the suite found.</summary>
public sealed record ConformanceReport
{
    /// <summary>Name of the suite.</summary>
    public required string Suite { get; init; }

    /// <summary>0 when every scored scenario passed.</summary>
    public required int ExitCode { get; init; }

    /// <summary>In the order of their names.</summary>
    public required ScenarioReport[] Scenarios { get; init; }

    /// <summary>Checks that passed.</summary>
    public int Passed => Scenarios.Sum(scenario => scenario.Checks.Count(check => check.Status == "SUCCESS"));

    /// <summary>Checks that failed.</summary>
    public int Failed => Scenarios.Sum(scenario => scenario.Checks.Count(check => check.Failed));

    /// <summary>One line per failed check of a scenario that counts.</summary>
    public string[] ScoredFailures =>
    [
        .. Scenarios.Where(scenario => scenario.Scored)
            .SelectMany(scenario => scenario.Checks.Where(check => check.Failed).Select(check => $"{scenario.Name}: {check.Id}: {check.Error}")),
    ];

    /// <summary>Scenario, check and status of everything that ran, one line each and sorted, so that two runs can be compared. Not the suite's own remarks.</summary>
    public string[] Outline =>
    [
        .. Scenarios
            .SelectMany(scenario => scenario.Checks.Where(check => check.Status != "INFO").Select(check => $"{scenario.Name}: {check.Id}: {check.Status}"))
            .Order(StringComparer.Ordinal),
    ];
}

/// <summary>One scenario.</summary>
public sealed record ScenarioReport
{
    /// <summary>E.g. <c>tools-call-with-progress</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it counts for the requirement set.</summary>
    public required bool Scored { get; init; }

    /// <summary>Its checks.</summary>
    public required CheckReport[] Checks { get; init; }
}

/// <summary>One check.</summary>
public sealed record CheckReport
{
    /// <summary>E.g. <c>sep-2549-tools-list-caching-hints</c>.</summary>
    public required string Id { get; init; }

    /// <summary><c>SUCCESS</c>, <c>FAILURE</c>, <c>WARNING</c>, <c>SKIPPED</c> or <c>INFO</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Why it failed; null if it did not.</summary>
    public string? Error { get; init; }

    /// <summary>True for a failure.</summary>
    public bool Failed => Status == "FAILURE";
}

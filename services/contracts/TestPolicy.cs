namespace Chaperone.Contracts;

/// <summary>Console to policy: run cases against a policy. Nothing is counted and nothing happens.</summary>
public sealed record TestPolicy
{
    /// <summary>Under which the texts are sealed.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>Digest of a kept version; null with <see cref="Draft"/> null means the one in force.</summary>
    public string? Digest { get; init; }

    /// <summary>A policy file that is not in force, YAML of at most 1 MiB; what it includes is taken from the version in force. Null for a kept version.</summary>
    public SealedPayload? Draft { get; init; }

    /// <summary>A file of cases, YAML of at most 1 MiB and 1,000 cases.</summary>
    public required SealedPayload Cases { get; init; }
}

/// <summary>How the cases came out.</summary>
public sealed record PolicyTested
{
    /// <summary>Why they were not run; empty when they were.</summary>
    public required string[] Problems { get; init; }

    /// <summary>Digest of the policy that they ran against; null when they did not.</summary>
    public string? Digest { get; init; }

    /// <summary>In file order.</summary>
    public required CaseResult[] Results { get; init; }
}

/// <summary>How one case came out.</summary>
public sealed record CaseResult
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What is otherwise than expected; null when it passed.</summary>
    public string? Differs { get; init; }
}

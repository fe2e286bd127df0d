using Chaperone.Policy.Patterns;

namespace Chaperone.Policy.Documents;

/// <summary>A count in the session of the call that a rule asks about: true once it is more than <see cref="Over"/>, the call itself included.</summary>
internal sealed record CounterTerms
{
    /// <summary>Longest time that is looked back.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(24);

    /// <summary>What is counted.</summary>
    public required CounterKind Kind { get; init; }

    /// <summary>Tools, prompts or resources whose calls count; empty for all.</summary>
    public required NamePattern[] Targets { get; init; }

    /// <summary>The argument whose values are told apart; set exactly for <see cref="CounterKind.Distinct"/>.</summary>
    public ArgumentPath? Argument { get; init; }

    /// <summary>0 to 10,000.</summary>
    public required int Over { get; init; }

    /// <summary>How far back is looked, 1 s to <see cref="Longest"/>.</summary>
    public required TimeSpan Within { get; init; }

    /// <summary>What is counted, without how much of it is too much: rules that count the same share it.</summary>
    public string Name => $"{Kind}\n{string.Join('\n', Targets.Select(t => t.Text).Order(StringComparer.Ordinal))}\n{Argument}";

    /// <summary>As a person would say it.</summary>
    public string Words => $"more than {Over} {(Kind == CounterKind.Distinct ? $"values of {Argument}" : Kind.ToString().ToLowerInvariant())} within {Within}";

    /// <summary>Whether calls of <paramref name="target"/> count. Warily: nobody counts less by a name that looks alike.</summary>
    public bool Counts(string? target) => Targets.Length == 0 || (target is not null && Array.Exists(Targets, t => WaryName.Matches(t, target)));
}

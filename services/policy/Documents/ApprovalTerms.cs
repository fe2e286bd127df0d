namespace Chaperone.Policy.Documents;

/// <summary>Who has to say yes, and how.</summary>
/// <param name="Seats">Roles of the file, each once, with how many distinct people; 1 to 10 people in all.</param>
/// <param name="Expires">How long the request stays open, 10 seconds to 24 hours.</param>
internal sealed record ApprovalTerms(IReadOnlyList<(string Role, int People)> Seats, TimeSpan Expires)
{
    /// <summary>Whether a yes needs words.</summary>
    public bool ReasonRequired { get; init; }

    /// <summary>For how long at most a yes may hold for further calls; null where it may not.</summary>
    public TimeSpan? Grant { get; init; }

    /// <summary>How often people are told again; null for never.</summary>
    public TimeSpan? Remind { get; init; }

    /// <summary>When roles <see cref="EscalateTo"/> are asked as well, counted from the request; null for never.</summary>
    public TimeSpan? EscalateAfter { get; init; }

    /// <summary>Roles that may take anybody's seat after <see cref="EscalateAfter"/>.</summary>
    public IReadOnlyList<string> EscalateTo { get; init; } = [];

    /// <summary>People in all.</summary>
    public int People => Seats.Sum(s => s.People);

    /// <summary>Every role named.</summary>
    public IEnumerable<string> Roles => Seats.Select(s => s.Role).Concat(EscalateTo);

    /// <summary>The roles in words, e.g. <c>privacy and 2 of clinicians</c>.</summary>
    public string Words => string.Join(" and ", Seats.Select(s => Seats.Count > 1 && s.People > 1 ? $"{s.People} of {s.Role}" : s.Role));
}

namespace Chaperone.Recorder.Search;

/// <summary>Which sessions a review is about.</summary>
/// <param name="From">First moment of the period.</param>
/// <param name="To">First moment after it.</param>
/// <param name="Terms">What a message of the session, in the period, must match.</param>
internal sealed record PopulationQuery(DateTimeOffset From, DateTimeOffset To, SearchTerms Terms)
{
    /// <summary>Only with this server; null for all.</summary>
    public string? Server { get; init; }

    /// <summary>Only of the person with this subject; null for all.</summary>
    public string? User { get; init; }

    /// <summary>Only where something was refused.</summary>
    public bool OnlyRefused { get; init; }

    /// <summary>True where a message must match.</summary>
    public bool IsSearched => Terms.Words.Count + Terms.Fields.Count > 0;
}

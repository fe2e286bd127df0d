using System.Globalization;

namespace Chaperone.Console.Web;

/// <summary>A search as typed: words, and two times in UTC.</summary>
internal sealed record SearchTerms
{
    public const int MaxWords = 200;

    public static readonly SearchTerms None = new();

    public string? Words { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public bool IsEmpty => Words is null && From is null && To is null;

    /// <summary>From form fields; a time that cannot be read is left out.</summary>
    public static SearchTerms Of(string? words, string? from, string? to)
    {
        var trimmed = words?.Trim();
        return new SearchTerms
        {
            Words = string.IsNullOrEmpty(trimmed) ? null : trimmed[..Math.Min(trimmed.Length, MaxWords)],
            From = Time(from),
            To = Time(to),
        };
    }

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}

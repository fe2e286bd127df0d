using System.Text.Json;
using Chaperone.Contracts;

namespace Chaperone.Recorder.Search;

/// <summary>What a person searches for, understood.</summary>
/// <param name="Words">Words, each of which must be there.</param>
/// <param name="Fields">Words of <see cref="SearchFields"/>, each of which must be there.</param>
/// <param name="Problem">Why it is not understood, one sentence that does not repeat it; null if it is.</param>
internal sealed record SearchTerms(IReadOnlyList<SearchWord> Words, IReadOnlyList<string> Fields, string? Problem = null)
{
    private const int MostFilters = 16;

    /// <summary>Matches everything.</summary>
    public static readonly SearchTerms None = new([], []);

    /// <summary>Reads <see cref="MessageTerms"/> as JSON.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static SearchTerms Read(ReadOnlySpan<byte> json)
    {
        var terms = JsonSerializer.Deserialize<MessageTerms>(json) ?? new MessageTerms();
        var words = SearchQuery.Parse(terms.Words);
        if (words.Problem is { } problem)
        {
            return None with { Problem = problem };
        }

        return terms.Filters.Length > MostFilters || terms.Filters.Any(f => !Enum.IsDefined(f.Field) || f.Value.Length > SearchFields.LongestValue)
            ? None with { Problem = $"A field is unknown, is longer than {SearchFields.LongestValue} characters, or there are more than {MostFilters}: take some out." }
            : new SearchTerms(words.Words, [.. terms.Filters.Select(f => SearchFields.Word(f.Field, f.Value))]);
    }
}

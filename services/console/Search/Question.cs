using System.Text.Json.Serialization;
using Chaperone.Contracts;

namespace Chaperone.Console.Search;

/// <summary>A search for messages as a person put it: it makes the page's address, and a saved search holds it.</summary>
internal sealed record Question
{
    public const int MaxWords = 400;
    public const int MaxValue = 256;

    /// <summary>The fields by their names in addresses and forms; a session, a server or a rule can be linked to by hand.</summary>
    public static readonly IReadOnlyList<QuestionField> Fields =
    [
        new(MessageField.User, "user", "Person"), new(MessageField.Client, "client", "Client program"), new(MessageField.Server, "server", "Server"),
        new(MessageField.Tool, "tool", "Tool or prompt"), new(MessageField.Method, "method", "Method"), new(MessageField.Decision, "decision", "Decision"),
        new(MessageField.Rule, "rule", "Rule"), new(MessageField.Masked, "masked", "Masked type"), new(MessageField.Session, "session", "Session id"),
    ];

    public string? Words { get; init; }

    public MessageFilter[] Filters { get; init; } = [];

    public Period Period { get; init; } = new();

    [JsonIgnore]
    public bool IsNarrowed => Words is not null || Filters.Length > 0;

    /// <summary>From the fields of a form or an address; what is too long is cut, what is empty left out.</summary>
    public static Question Of(Func<string, string?> read, string? words) => new()
    {
        Words = Cut(words, MaxWords),
        Filters =
        [
            .. Fields.Select(f => (f.Field, Value: Cut(read(f.Name), MaxValue))).Where(f => f.Value is not null)
                .Select(f => new MessageFilter { Field = f.Field, Value = f.Value! }),
        ],
        Period = new Period
        {
            Range = Cut(read("range"), 16) ?? Period.Default,
            From = Cut(read("from"), 32),
            To = Cut(read("to"), 32),
            Zone = Cut(read("tz"), 64) ?? Period.Utc,
        },
    };

    public string? ValueOf(MessageField field) => Filters.FirstOrDefault(f => f.Field == field)?.Value;

    /// <summary>The address of the search.</summary>
    /// <param name="ticket">The words, sealed; null without words.</param>
    /// <param name="before">Where the page begins; null for the newest.</param>
    /// <param name="handler">What a form does with it; null for a link.</param>
    public string Address(string? ticket, long? before = null, string? handler = null)
    {
        var query = QueryString.Empty;
        query = handler is null ? query : query.Add("handler", handler);
        foreach (var filter in Filters)
        {
            query = query.Add(Fields.First(f => f.Field == filter.Field).Name, filter.Value);
        }

        query = query.Add("range", Period.Range);
        query = Period.IsCustom && Period.From is not null ? query.Add("from", Period.From) : query;
        query = Period.IsCustom && Period.To is not null ? query.Add("to", Period.To) : query;
        query = query.Add("tz", Period.Zone);
        query = ticket is null ? query : query.Add("q", ticket);
        query = before is null ? query : query.Add("before", $"{before}");
        return $"/search{query}";
    }

    private static string? Cut(string? text, int most)
    {
        var trimmed = text?.Trim();
        return string.IsNullOrEmpty(trimmed) ? null : trimmed[..Math.Min(trimmed.Length, most)];
    }
}

/// <summary>One field of the form.</summary>
internal sealed record QuestionField(MessageField Field, string Name, string Label);

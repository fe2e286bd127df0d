using System.Text.Json;

namespace Chaperone.TestKit.Teams;

/// <summary>The parts of the Adaptive Card schema that a card of ours may use, checked strictly (adaptivecards.io/explorer).</summary>
public static class AdaptiveCards
{
    private static readonly string[] Weights = ["Default", "Lighter", "Bolder"];

    /// <summary>What is wrong with a card; null if nothing.</summary>
    public static string? Problem(JsonElement card) =>
        Text(card, "type") != "AdaptiveCard" ? "type: AdaptiveCard"
        : Text(card, "version") != "1.4" ? "version: 1.4, the first with Action.Execute"
        : Body(card) ?? Actions(card)
        ?? (card.TryGetProperty("refresh", out var refresh) ? Action(refresh.GetProperty("action"), nested: true) : null);

    /// <summary>Every button with this verb, also behind others.</summary>
    public static IEnumerable<JsonElement> Buttons(JsonElement card, string verb)
    {
        foreach (var action in card.TryGetProperty("actions", out var actions) ? actions.EnumerateArray().ToArray() : [])
        {
            if (Text(action, "verb") == verb)
            {
                yield return action;
            }

            foreach (var inner in action.TryGetProperty("card", out var shown) ? Buttons(shown, verb) : [])
            {
                yield return inner;
            }
        }
    }

    private static string? Body(JsonElement card) =>
        !card.TryGetProperty("body", out var body) || body.GetArrayLength() == 0 ? "body: missing"
        : body.EnumerateArray().Select(Element).FirstOrDefault(p => p is not null);

    private static string? Element(JsonElement element) => Text(element, "type") switch
    {
        "RichTextBlock" => element.GetProperty("inlines").EnumerateArray().Select(Run).FirstOrDefault(p => p is not null),
        "Input.Text" => Text(element, "id") is { Length: > 0 } && (!element.TryGetProperty("isRequired", out var required) || !required.GetBoolean() || Text(element, "errorMessage") is not null)
            ? null
            : "Input.Text: id, and errorMessage where required",
        var type => $"element: {type}",
    };

    private static string? Run(JsonElement run) =>
        Text(run, "type") == "TextRun" && Text(run, "text") is { Length: > 0 } && (Text(run, "weight") is not { } weight || Weights.Contains(weight)) ? null : "TextRun: text";

    private static string? Actions(JsonElement card) =>
        !card.TryGetProperty("actions", out var actions) ? null
        : actions.GetArrayLength() is 0 or > 6 ? "actions: 1 to 6"
        : actions.EnumerateArray().Select(a => Action(a, nested: false)).FirstOrDefault(p => p is not null);

    private static string? Action(JsonElement action, bool nested) => Text(action, "type") switch
    {
        "Action.Execute" => Text(action, "verb") is { Length: > 0 } && Text(action, "title") is { Length: > 0 } ? null : "Action.Execute: verb, title",
        "Action.OpenUrl" when !nested => Uri.TryCreate(Text(action, "url"), UriKind.Absolute, out _) ? null : "Action.OpenUrl: url",
        "Action.ShowCard" when !nested => Body(action.GetProperty("card")) ?? Actions(action.GetProperty("card")),
        var type => $"action: {type}",
    };

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

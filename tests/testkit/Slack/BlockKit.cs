using System.Text.Json;

namespace Chaperone.TestKit.Slack;

/// <summary>Block Kit's published limits (docs.slack.dev/reference/block-kit/blocks), checked as strictly as Slack does.</summary>
public static class BlockKit
{
    private const int MostBlocks = 50;

    /// <summary>What is wrong with a message's blocks; null if nothing.</summary>
    public static string? Problem(JsonElement blocks)
    {
        if (blocks.ValueKind != JsonValueKind.Array || blocks.GetArrayLength() is 0 or > MostBlocks)
        {
            return "blocks: 1 to 50";
        }

        return blocks.EnumerateArray().Select(Block).FirstOrDefault(p => p is not null);
    }

    /// <summary>What is wrong with a modal; null if nothing.</summary>
    public static string? ViewProblem(JsonElement view) =>
        Text(view, "type") != "modal" ? "type: modal"
        : Plain(view, "title", 24) ?? Plain(view, "submit", 24) ?? Plain(view, "close", 24)
        ?? (Text(view, "private_metadata")?.Length > 3000 ? "private_metadata: at most 3000" : null)
        ?? (Text(view, "callback_id")?.Length > 255 ? "callback_id: at most 255" : null)
        ?? (view.TryGetProperty("blocks", out var blocks) ? Problem(blocks) : "blocks: missing");

    private static string? Block(JsonElement block) => Text(block, "block_id")?.Length > 255 ? "block_id: at most 255" : Text(block, "type") switch
    {
        "header" => Plain(block, "text", 150),
        "section" => Section(block),
        "context" => Elements(block, 10, e => TextObject(e, 3000)),
        "actions" => Elements(block, 25, Button),
        "rich_text" => RichText(block),
        "input" => Plain(block, "label", 2000) ?? Plain(block, "hint", 2000) ?? Input(block.GetProperty("element")),
        var type => $"type: {type}",
    };

    private static string? Section(JsonElement block)
    {
        if (block.TryGetProperty("text", out var text))
        {
            return TextObject(text, 3000);
        }

        if (!block.TryGetProperty("fields", out var fields) || fields.GetArrayLength() is 0 or > 10)
        {
            return "fields: 1 to 10";
        }

        return fields.EnumerateArray().Select(f => TextObject(f, 2000)).FirstOrDefault(p => p is not null);
    }

    private static string? RichText(JsonElement block) => Elements(block, 50, part =>
        Text(part, "type") is not ("rich_text_section" or "rich_text_preformatted" or "rich_text_quote")
            ? $"rich_text: {Text(part, "type")}"
            : Elements(part, 500, e => Text(e, "type") == "text" && Text(e, "text") is { Length: > 0 and <= 3000 } ? null : "rich_text text: 1 to 3000"));

    private static string? Button(JsonElement button)
    {
        if (Text(button, "type") != "button" || Text(button, "action_id") is not { Length: > 0 and <= 255 })
        {
            return "button: action_id of 1 to 255";
        }

        if (Text(button, "value")?.Length > 2000 || Text(button, "url")?.Length > 3000 || Text(button, "style") is not (null or "primary" or "danger"))
        {
            return "button: value at most 2000, url 3000, style primary or danger";
        }

        return Plain(button, "text", 75) ?? (button.TryGetProperty("confirm", out var confirm) ? Confirm(confirm) : null);
    }

    private static string? Confirm(JsonElement confirm) =>
        Plain(confirm, "title", 100) ?? (confirm.TryGetProperty("text", out var text) ? TextObject(text, 300) : "confirm: text") ?? Plain(confirm, "confirm", 30) ?? Plain(confirm, "deny", 30);

    private static string? Input(JsonElement element) =>
        Text(element, "type") == "plain_text_input" && Text(element, "action_id") is { Length: > 0 and <= 255 }
        && element.GetProperty("max_length").GetInt32() is >= 1 and <= 3000
            ? null
            : "input: plain_text_input with max_length 1 to 3000";

    private static string? Elements(JsonElement block, int most, Func<JsonElement, string?> check) =>
        block.TryGetProperty("elements", out var elements) && elements.GetArrayLength() is > 0 && elements.GetArrayLength() <= most
            ? elements.EnumerateArray().Select(check).FirstOrDefault(p => p is not null)
            : $"elements: 1 to {most}";

    private static string? Plain(JsonElement parent, string name, int most) =>
        !parent.TryGetProperty(name, out var text) ? $"{name}: missing"
        : Text(text, "type") != "plain_text" ? $"{name}: plain_text"
        : TextObject(text, most) is { } problem ? $"{name}: {problem}" : null;

    private static string? TextObject(JsonElement text, int most) =>
        Text(text, "type") is not ("plain_text" or "mrkdwn") ? "text: plain_text or mrkdwn"
        : Text(text, "type") == "mrkdwn" && text.TryGetProperty("emoji", out _) ? "emoji: plain_text only"
        : Text(text, "type") == "plain_text" && text.TryGetProperty("verbatim", out _) ? "verbatim: mrkdwn only"
        : Text(text, "text") is { Length: > 0 } words && words.Length <= most ? null : $"text: 1 to {most}";

    private static string? Text(JsonElement parent, string name) =>
        parent.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

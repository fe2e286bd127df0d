using System.Globalization;
using System.Text.Json.Nodes;

namespace Chaperone.Approval.Notices;

/// <summary>A card as an Adaptive Card 1.4 in the message that Workflows posts. Text is in text runs only: unlike text blocks they know no Markdown, so no name becomes a link.</summary>
internal static class TeamsCard
{
    private const int LongestWord = 300;

    public static JsonObject Of(NoticeCard card, Uri link)
    {
        var what = card.Tool ?? card.Method;
        var body = new JsonArray(
            Line(("Large", card.Question())),
            Fact("Who", card.Requester),
            Fact("What", what),
            Fact("Where", card.Server),
            Fact("Why held", $"rule {card.Rule}"),
            Fact("Risk", card.Risk ?? "unknown"),
            Fact("Needs", card.Needs()),
            Fact("Expires", card.ExpiresAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture)));
        var content = new JsonObject
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.4",
            ["body"] = body,
            ["actions"] = new JsonArray(new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = "Look and answer", ["url"] = link.AbsoluteUri }),
        };
        return new JsonObject
        {
            ["type"] = "message",
            ["attachments"] = new JsonArray(new JsonObject
            {
                ["contentType"] = "application/vnd.microsoft.card.adaptive",
                ["contentUrl"] = null,
                ["content"] = content,
            }),
        };
    }

    private static JsonObject Fact(string label, string value) => new()
    {
        ["type"] = "RichTextBlock",
        ["spacing"] = "Small",
        ["inlines"] = new JsonArray(Run($"{label}: ", bold: true), Run(value, bold: false)),
    };

    private static JsonObject Line((string Size, string Text) line)
    {
        var run = Run(line.Text, bold: true);
        run["size"] = line.Size;
        return new JsonObject { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(run) };
    }

    private static JsonObject Run(string text, bool bold) => new()
    {
        ["type"] = "TextRun",
        ["text"] = ShownText.Line(text, LongestWord),
        ["weight"] = bold ? "Bolder" : "Default",
    };
}

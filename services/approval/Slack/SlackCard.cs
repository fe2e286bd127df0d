using System.Text.Json.Nodes;
using Chaperone.Approval.Store;
using Chaperone.Contracts;

namespace Chaperone.Approval.Slack;

/// <summary>
/// The card of a request as a message in Block Kit, made anew from the request each time: what is on it follows from where
/// the request stands. Limits are Block Kit's (docs.slack.dev/reference/block-kit): header 150, section 3,000, field 2,000, 10 fields.
/// </summary>
internal static class SlackCard
{
    public const int LongestArguments = 2900;
    private const int LongestHeader = 150;
    private const int LongestField = 300;
    private const int LongestName = 100;

    /// <summary>The message without its channel.</summary>
    /// <param name="shown">The request.</param>
    /// <param name="link">Its page in the console; null without one.</param>
    /// <param name="showArguments">Whether masked arguments may leave the house.</param>
    /// <param name="now">When.</param>
    public static JsonObject Of(ShownCase shown, Uri? link, bool showArguments, DateTimeOffset now)
    {
        var about = shown.Case;
        var state = about.StatusAt(now).State;
        var title = Title(about, state);
        var blocks = new JsonArray(Header(title), Facts(shown, state, now));
        if (state == ApprovalState.Pending)
        {
            var arguments = showArguments ? ShownArguments.Text(about.Decision, shown.MaskedRequest, LongestArguments) : null;
            AddQuestion(blocks, about, arguments, link);
        }

        return new JsonObject
        {
            ["text"] = SlackText.Fit(title, LongestHeader),
            ["blocks"] = blocks,
            ["metadata"] = new JsonObject
            {
                ["event_type"] = SlackActions.Metadata,
                ["event_payload"] = new JsonObject { ["request"] = about.Id, ["binding"] = about.BindingDigest },
            },
            ["unfurl_links"] = false,
            ["unfurl_media"] = false,
        };
    }

    private static string Title(ApprovalCase about, ApprovalState state)
    {
        var what = $"{about.Call.PlainTarget() ?? about.Call.Method} on {about.Call.Server}";
        return state switch
        {
            ApprovalState.Pending => $"{about.Id}: may {what} run?",
            ApprovalState.Approved => $"{about.Id} approved: {what}",
            ApprovalState.Denied => $"{about.Id} denied: {what}",
            ApprovalState.Withdrawn => $"{about.Id} withdrawn: {what}",
            ApprovalState.Used => $"{about.Id} approved and used: {what}",
            _ => $"{about.Id} expired: {what}",
        };
    }

    private static JsonObject Header(string title) => new()
    {
        ["type"] = "header",
        ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = ShownText.Line(title, LongestHeader), ["emoji"] = false },
    };

    private static JsonObject Facts(ShownCase shown, ApprovalState state, DateTimeOffset now)
    {
        var about = shown.Case;
        var fields = new JsonArray(
            Field("Who", SlackText.Fit(about.Call.Principal.Shown(), LongestName)),
            Field("What", SlackText.Fit(about.Call.PlainTarget() ?? about.Call.Method, LongestName)),
            Field("Where", SlackText.Fit(about.Call.Server, LongestName)),
            Field("Why held", SlackText.Fit($"{about.Decision.Reason} (rule {about.Decision.Rule})", LongestField)),
            Field("Needs", SlackText.Fit(Needs(about, now), LongestField)));
        if (about.Requirement.Risk is { } risk)
        {
            fields.Add(Field("Risk", SlackText.Fit(risk, LongestField)));
        }

        if (about.Votes.Count > 0)
        {
            fields.Add(Field("Answers", SlackText.Fit(string.Join(", ", about.Votes.Select(v => $"{(v.Approve ? "yes" : "no")} by {v.Decider.Shown()}")), LongestField)));
        }

        if (shown.History is { Asked: > 0 } history)
        {
            fields.Add(Field("Before", $"{history.Asked} of this kind in 30 days: {history.Approved} approved, {history.Denied} denied"));
        }

        if (about.GrantUntil is { } until)
        {
            fields.Add(Field("Grant", $"further calls of this person, session and tool pass until {SlackText.Time(until)}"));
        }

        fields.Add(Field(
            state is ApprovalState.Pending or ApprovalState.Approved ? "Expires" : state == ApprovalState.Expired ? "Expired" : "Was open until",
            SlackText.Time(about.ExpiresAt)));
        return new JsonObject { ["type"] = "section", ["fields"] = fields };
    }

    private static string Needs(ApprovalCase about, DateTimeOffset now) =>
        Seating.Words(about) + (Seating.IsEscalated(about, now) ? $"; by now also role {about.Requirement.Escalation!.Role}" : "");

    private static JsonObject Field(string label, string markup) => new()
    {
        ["type"] = "mrkdwn",
        ["text"] = $"*{label}*\n{markup}",
        ["verbatim"] = true,
    };

    private static void AddQuestion(JsonArray blocks, ApprovalCase about, string? arguments, Uri? link)
    {
        if (arguments is not null)
        {
            blocks.Add(new JsonObject
            {
                ["type"] = "rich_text",
                ["elements"] = new JsonArray(new JsonObject
                {
                    ["type"] = "rich_text_preformatted",
                    ["elements"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = arguments }),
                }),
            });
        }

        blocks.Add(Note(arguments is not null
            ? "Identifiers are masked. The call runs with the original values, exactly as it was asked, once."
            : "What would run cannot be shown here. Look at the request in the console before you say yes."));
        var buttons = new JsonArray();
        if (arguments is not null)
        {
            buttons.Add(about.Requirement.ReasonRequired
                ? Button(SlackActions.ApproveWhy, "Approve", "primary", SlackActions.Value(about))
                : ApproveButton(about));
        }

        buttons.Add(Button(SlackActions.Deny, "Deny", "danger", SlackActions.Value(about)));
        if (link is not null)
        {
            buttons.Add(new JsonObject
            {
                ["type"] = "button",
                ["action_id"] = SlackActions.Open,
                ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = "Open in the console" },
                ["url"] = link.AbsoluteUri,
            });
        }

        blocks.Add(new JsonObject { ["type"] = "actions", ["block_id"] = "answer", ["elements"] = buttons });
    }

    private static JsonObject ApproveButton(ApprovalCase about)
    {
        var button = Button(SlackActions.Approve, "Approve", "primary", SlackActions.Value(about));
        button["confirm"] = new JsonObject
        {
            ["title"] = new JsonObject { ["type"] = "plain_text", ["text"] = ShownText.Line($"Approve {about.Id}?", LongestName) },
            ["text"] = new JsonObject
            {
                ["type"] = "plain_text",
                ["text"] = ShownText.Line($"{about.Call.PlainTarget() ?? about.Call.Method} on {about.Call.Server} for {about.Call.Principal.Shown()}", LongestField),
            },
            ["confirm"] = new JsonObject { ["type"] = "plain_text", ["text"] = "Approve" },
            ["deny"] = new JsonObject { ["type"] = "plain_text", ["text"] = "Back" },
        };
        return button;
    }

    private static JsonObject Button(string action, string label, string style, string value) => new()
    {
        ["type"] = "button",
        ["action_id"] = action,
        ["text"] = new JsonObject { ["type"] = "plain_text", ["text"] = label },
        ["style"] = style,
        ["value"] = value,
    };

    private static JsonObject Note(string text) => new()
    {
        ["type"] = "context",
        ["elements"] = new JsonArray(new JsonObject { ["type"] = "plain_text", ["text"] = text, ["emoji"] = false }),
    };
}

using System.Globalization;
using System.Text.Json.Nodes;
using Chaperone.Approval.Slack;
using Chaperone.Approval.Store;
using Chaperone.Contracts;

namespace Chaperone.Approval.Teams;

/// <summary>
/// The card of a request that can be answered in Teams (Adaptive Card 1.4, Universal Actions), made anew from the request each time.
/// Text from elsewhere is in text runs only: unlike text blocks they know no Markdown, so no name becomes a link.
/// </summary>
internal static class BotCard
{
    public const string ContentType = "application/vnd.microsoft.card.adaptive";
    public const string Approve = "approve";
    public const string Deny = "deny";
    public const string Look = "look";
    public const string Value = "request";
    public const string Reason = "reason";

    /// <summary>Longest arguments on a card, in characters: a message with a card may have 28 KB.</summary>
    public const int LongestArguments = 6000;

    private const int LongestWord = 300;
    private const int LongestReason = 1000;

    /// <param name="shown">The request.</param>
    /// <param name="link">Its page in the console; null without one.</param>
    /// <param name="showArguments">Whether masked arguments may leave the house.</param>
    /// <param name="now">When.</param>
    public static JsonObject Of(ShownCase shown, Uri? link, bool showArguments, DateTimeOffset now)
    {
        var about = shown.Case;
        var state = about.StatusAt(now).State;
        var body = new JsonArray(Line(Title(about, state)));
        foreach (var (label, value) in Facts(shown, state, now))
        {
            body.Add(Fact(label, value));
        }

        var card = new JsonObject
        {
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["type"] = "AdaptiveCard",
            ["version"] = "1.4",
            ["body"] = body,
        };
        if (state == ApprovalState.Pending)
        {
            var arguments = showArguments ? ShownArguments.Text(about.Decision, shown.MaskedRequest, LongestArguments) : null;
            body.Add(arguments is null ? Note("What would run cannot be shown here. Look at the request in the console before you say yes.") : Code(arguments));
            if (arguments is not null)
            {
                body.Add(Note("Identifiers are masked. The call runs with the original values, exactly as it was asked, once."));
            }

            card["actions"] = Actions(about, arguments is not null, link);
            card["refresh"] = new JsonObject { ["action"] = Execute("Refresh", Look, about) };
        }

        return card;
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

    private static IEnumerable<(string Label, string Value)> Facts(ShownCase shown, ApprovalState state, DateTimeOffset now)
    {
        var about = shown.Case;
        yield return ("Who", about.Call.Principal.Shown());
        yield return ("What", about.Call.PlainTarget() ?? about.Call.Method);
        yield return ("Where", about.Call.Server);
        yield return ("Why held", $"{about.Decision.Reason} (rule {about.Decision.Rule})");
        if (about.Requirement.Risk is { } risk)
        {
            yield return ("Risk", risk);
        }

        yield return ("Needs", Seating.Words(about) + (Seating.IsEscalated(about, now) ? $"; by now also role {about.Requirement.Escalation!.Role}" : ""));
        if (about.Votes.Count > 0)
        {
            yield return ("Answers", string.Join(", ", about.Votes.Select(v => $"{(v.Approve ? "yes" : "no")} by {v.Decider.Shown()}")));
        }

        if (shown.History is { Asked: > 0 } history)
        {
            yield return ("Before", $"{history.Asked} of this kind in 30 days: {history.Approved} approved, {history.Denied} denied");
        }

        if (about.GrantUntil is { } until)
        {
            yield return ("Grant", $"further calls of this person, session and tool pass until {At(until)}");
        }

        yield return (state is ApprovalState.Pending or ApprovalState.Approved ? "Expires" : state == ApprovalState.Expired ? "Expired" : "Was open until", At(about.ExpiresAt));
    }

    private static JsonArray Actions(ApprovalCase about, bool mayApprove, Uri? link)
    {
        var actions = new JsonArray();
        if (mayApprove)
        {
            actions.Add(about.Requirement.ReasonRequired ? WithReason("Approve", Approve, about) : Execute("Approve", Approve, about));
        }

        actions.Add(WithReason("Deny", Deny, about));
        if (link is not null)
        {
            actions.Add(new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = "Open in the console", ["url"] = link.AbsoluteUri });
        }

        return actions;
    }

    private static JsonObject Execute(string title, string verb, ApprovalCase about) => new()
    {
        ["type"] = "Action.Execute",
        ["title"] = title,
        ["verb"] = verb,
        ["data"] = new JsonObject { [Value] = SlackActions.Value(about) },
    };

    private static JsonObject WithReason(string title, string verb, ApprovalCase about) => new()
    {
        ["type"] = "Action.ShowCard",
        ["title"] = title,
        ["card"] = new JsonObject
        {
            ["type"] = "AdaptiveCard",
            ["body"] = new JsonArray(new JsonObject
            {
                ["type"] = "Input.Text",
                ["id"] = Reason,
                ["label"] = "Reason: the requester will read it. Write nothing that identifies a patient.",
                ["isMultiline"] = true,
                ["isRequired"] = true,
                ["errorMessage"] = "Write a reason.",
                ["maxLength"] = LongestReason,
            }),
            ["actions"] = new JsonArray(Execute(title, verb, about)),
        },
    };

    private static JsonObject Fact(string label, string value) => new()
    {
        ["type"] = "RichTextBlock",
        ["spacing"] = "Small",
        ["inlines"] = new JsonArray(Run($"{label}: ", "Bolder"), Run(ShownText.Line(value, LongestWord), "Default")),
    };

    private static JsonObject Line(string text)
    {
        var run = Run(ShownText.Line(text, LongestWord), "Bolder");
        run["size"] = "Large";
        return new JsonObject { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(run) };
    }

    private static JsonObject Note(string text)
    {
        var run = Run(text, "Default");
        run["isSubtle"] = true;
        return new JsonObject { ["type"] = "RichTextBlock", ["inlines"] = new JsonArray(run) };
    }

    private static JsonObject Code(string text)
    {
        var run = Run(text, "Default");
        run["fontType"] = "Monospace";
        return new JsonObject { ["type"] = "RichTextBlock", ["separator"] = true, ["inlines"] = new JsonArray(run) };
    }

    private static JsonObject Run(string text, string weight) => new() { ["type"] = "TextRun", ["text"] = text, ["weight"] = weight };

    private static string At(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}

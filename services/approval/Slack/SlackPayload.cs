using System.Text.Json;

namespace Chaperone.Approval.Slack;

/// <summary>An interaction payload (docs.slack.dev/reference/interaction-payloads): a click, a wish for the reason's window, or nothing of ours.</summary>
internal sealed record SlackPayload(SlackClick? Click, SlackModalAsked? Modal)
{
    private const int LongestId = 64;
    private static readonly SlackPayload Nothing = new(null, null);

    /// <exception cref="FormatException">Not what Slack sends.</exception>
    public static SlackPayload Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 64 });
            var root = document.RootElement;
            return Member(root, "type")?.GetString() switch
            {
                "block_actions" => Action(root),
                "view_submission" => Submission(root),
                _ => Nothing,
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException("The interaction payload is not what Slack sends.", e);
        }
    }

    private static SlackPayload Action(JsonElement root)
    {
        var action = Member(root, "actions") is { ValueKind: JsonValueKind.Array } actions && actions.GetArrayLength() == 1 ? actions[0] : default;
        if (action.ValueKind != JsonValueKind.Object
            || Member(action, "action_id")?.GetString() is not (SlackActions.Approve or SlackActions.ApproveWhy or SlackActions.Deny))
        {
            return Nothing;
        }

        if (!SlackActions.TryRead(Text(action, "value"), out var id, out var binding))
        {
            throw new FormatException("The button's value is not one of ours.");
        }

        var (team, user) = (Id(Of(root, "team"), "id"), Id(Of(root, "user"), "id"));
        var container = Of(root, "container");
        var channel = Id(container, "channel_id");
        if (Text(action, "action_id") is SlackActions.Deny or SlackActions.ApproveWhy)
        {
            return new SlackPayload(null, new SlackModalAsked
            {
                Trigger = Text(root, "trigger_id") ?? throw new FormatException("A click without a trigger."),
                Approve = Text(action, "action_id") == SlackActions.ApproveWhy,
                ApprovalId = id,
                Binding = binding,
                Channel = channel,
                User = user,
            });
        }

        var click = new SlackClick
        {
            Key = $"{team} {user} {channel} {Id(container, "message_ts")} {Id(action, "action_ts")}",
            Team = team,
            User = user,
            Channel = channel,
            ApprovalId = id,
            Binding = binding,
            Approve = true,
        };
        return new SlackPayload(click, null);
    }

    private static SlackPayload Submission(JsonElement root)
    {
        var view = Of(root, "view");
        if (Text(view, "callback_id") is not (SlackActions.DenyView or SlackActions.ApproveView))
        {
            return Nothing;
        }

        var parts = Text(view, "private_metadata")?.Split(' ') ?? [];
        if (parts is not [_, _, { Length: > 0 and <= LongestId } channel] || !SlackActions.TryRead($"{parts[0]} {parts[1]}", out var id, out var binding))
        {
            throw new FormatException("The window's metadata is not ours.");
        }

        var input = Of(Of(Of(Of(view, "state"), "values"), SlackActions.ReasonBlock), SlackActions.ReasonInput);
        var (team, user) = (Id(Of(root, "team"), "id"), Id(Of(root, "user"), "id"));
        var click = new SlackClick
        {
            Key = $"{team} {user} {Id(view, "id")}",
            Team = team,
            User = user,
            Channel = channel,
            ApprovalId = id,
            Binding = binding,
            Approve = Text(view, "callback_id") == SlackActions.ApproveView,
            Reason = Text(input, "value")?.ReplaceLineEndings("\n").Trim() is { Length: > 0 } words ? words : throw new FormatException("An answer without its reason."),
        };
        return new SlackPayload(click, null);
    }

    private static JsonElement? Member(JsonElement parent, string name) => parent.TryGetProperty(name, out var value) ? value : null;

    private static JsonElement Of(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.Object } found ? found : throw new FormatException($"The payload has no {name}.");

    private static string? Text(JsonElement parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    private static string Id(JsonElement parent, string name) =>
        Text(parent, name) is { Length: > 0 and <= LongestId } id && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_')
            ? id
            : throw new FormatException($"The payload's {name} is not an id.");
}

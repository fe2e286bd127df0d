using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Chaperone.TestKit.Slack;

/// <summary>What the Web API's methods do.</summary>
internal sealed class SlackMethods(FakeSlack slack, string url)
{
    private static readonly TimeSpan TriggerLife = TimeSpan.FromSeconds(3);

    /// <summary>Methods that read take no JSON body.</summary>
    public static bool TakesOnlyForms(string method) => method is "users.info" or "conversations.history" or "apps.connections.open";

    /// <summary>A form's fields; structures are JSON inside a field.</summary>
    public static JsonElement FromForm(IFormCollection form)
    {
        var arguments = new JsonObject();
        foreach (var (name, value) in form)
        {
            arguments[name] = name is "blocks" or "metadata" or "view" ? JsonNode.Parse(value.ToString()) : value.ToString();
        }

        return JsonSerializer.SerializeToElement(arguments);
    }

    public JsonObject Do(string method, JsonElement arguments) => method switch
    {
        "auth.test" => new JsonObject { ["ok"] = true, ["team_id"] = FakeSlack.Team, ["bot_id"] = FakeSlack.Bot, ["user_id"] = "U0CHAPER01" },
        "chat.postMessage" => Post(arguments),
        "chat.update" => Update(arguments),
        "chat.postEphemeral" => Whisper(arguments),
        "views.open" => OpenView(arguments),
        "users.info" => User(Text(arguments, "user")),
        "conversations.open" => new JsonObject { ["ok"] = true, ["channel"] = new JsonObject { ["id"] = "D" + Text(arguments, "users")[1..] } },
        "conversations.history" => History(arguments),
        "apps.connections.open" => new JsonObject { ["ok"] = true, ["url"] = url.Replace("http:", "ws:", StringComparison.Ordinal) + "/link?ticket=" + slack.Sockets.NewTicket() },
        _ => FakeSlack.No("unknown_method"),
    };

    private static string Text(JsonElement arguments, string name) =>
        arguments.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string? Problem(JsonElement message) =>
        Text(message, "text").Length is 0 or > 40_000 ? "no_text"
        : !message.TryGetProperty("blocks", out var blocks) || BlockKit.Problem(blocks) is { } ? "invalid_blocks"
        : null;

    private JsonObject Post(JsonElement message)
    {
        var channel = Text(message, "channel");
        if (channel.Length == 0 || channel[0] is not ('C' or 'G' or 'D'))
        {
            return FakeSlack.No("channel_not_found");
        }

        if (Text(message, "thread_ts") is { Length: > 0 } thread)
        {
            return Reply(message, channel, thread);
        }

        if (Problem(message) is { } problem)
        {
            return FakeSlack.No(problem);
        }

        var timestamp = slack.NewTimestamp();
        slack.Messages[timestamp] = new SlackMessage(channel, timestamp, FakeSlack.Bot, message.Clone(), 0);
        return new JsonObject { ["ok"] = true, ["channel"] = channel, ["ts"] = timestamp };
    }

    private JsonObject Reply(JsonElement message, string channel, string thread)
    {
        if (Text(message, "text").Length is 0 or > 40_000)
        {
            return FakeSlack.No("no_text");
        }

        if (!slack.Messages.TryGetValue(thread, out var parent) || parent.Channel != channel)
        {
            return FakeSlack.No("thread_not_found");
        }

        slack.Replies.Enqueue((channel, thread, Text(message, "text")));
        return new JsonObject { ["ok"] = true, ["channel"] = channel, ["ts"] = slack.NewTimestamp() };
    }

    private JsonObject Update(JsonElement message)
    {
        if (!slack.Messages.TryGetValue(Text(message, "ts"), out var old) || old.Channel != Text(message, "channel"))
        {
            return FakeSlack.No("message_not_found");
        }

        if (Problem(message) is { } problem)
        {
            return FakeSlack.No(problem);
        }

        slack.Messages[old.Timestamp] = old with { Content = message.Clone(), Changes = old.Changes + 1 };
        return new JsonObject { ["ok"] = true, ["channel"] = old.Channel, ["ts"] = old.Timestamp };
    }

    private JsonObject Whisper(JsonElement message)
    {
        var user = Text(message, "user");
        if (!slack.Members.ContainsKey(user))
        {
            return FakeSlack.No("user_not_in_channel");
        }

        slack.Whispers.Enqueue((user, Text(message, "text")));
        return new JsonObject { ["ok"] = true, ["message_ts"] = slack.NewTimestamp() };
    }

    private JsonObject OpenView(JsonElement arguments)
    {
        if (!slack.Triggers.TryRemove(Text(arguments, "trigger_id"), out var given) || slack.Time.GetUtcNow() - given > TriggerLife)
        {
            return FakeSlack.No("expired_trigger_id");
        }

        if (!arguments.TryGetProperty("view", out var view) || BlockKit.ViewProblem(view) is { })
        {
            return FakeSlack.No("invalid_arguments");
        }

        slack.Views.Enqueue(view.Clone());
        return new JsonObject { ["ok"] = true };
    }

    private JsonObject User(string id)
    {
        if (!slack.Members.TryGetValue(id, out var member))
        {
            return FakeSlack.No("user_not_found");
        }

        var profile = new JsonObject { ["real_name"] = "A. Member" };
        if (member.Email is { } email)
        {
            profile["email"] = email;
        }

        var user = new JsonObject
        {
            ["id"] = id,
            ["team_id"] = member.Team,
            ["deleted"] = false,
            ["is_bot"] = false,
            ["is_email_confirmed"] = member.Confirmed,
            ["profile"] = profile,
        };
        if (member.Flag is { } flag)
        {
            user[flag] = true;
        }

        return new JsonObject { ["ok"] = true, ["user"] = user };
    }

    /// <summary>Pages of two, newest first: whoever looks for a message has to turn pages.</summary>
    private JsonObject History(JsonElement arguments)
    {
        if (!slack.MayReadHistory)
        {
            return FakeSlack.No("missing_scope");
        }

        var oldest = decimal.Parse(Text(arguments, "oldest"), CultureInfo.InvariantCulture);
        var start = Text(arguments, "cursor") is { Length: > 0 } cursor ? int.Parse(cursor, CultureInfo.InvariantCulture) : 0;
        var all = slack.In(Text(arguments, "channel")).Where(m => decimal.Parse(m.Timestamp, CultureInfo.InvariantCulture) > oldest).Reverse().ToArray();
        var page = all.Skip(start).Take(2).Select(m => (JsonNode)new JsonObject
        {
            ["type"] = "message",
            ["ts"] = m.Timestamp,
            ["bot_id"] = m.Bot,
            ["metadata"] = Text(arguments, "include_all_metadata") == "true" && m.Content.TryGetProperty("metadata", out var metadata)
                ? JsonNode.Parse(metadata.GetRawText())
                : null,
        });
        return new JsonObject
        {
            ["ok"] = true,
            ["messages"] = new JsonArray([.. page]),
            ["response_metadata"] = new JsonObject { ["next_cursor"] = start + 2 < all.Length ? $"{start + 2}" : "" },
        };
    }
}

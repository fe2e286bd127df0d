using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Chaperone.TestKit.Slack;

/// <summary>A person at the fake Slack: clicks what a card really shows, and writes what a modal asks for. Slack's side of an interaction: signed, with three seconds for the answer.</summary>
public sealed class SlackPerson(FakeSlack slack, string user) : IDisposable
{
    private static readonly TimeSpan AckLimit = TimeSpan.FromSeconds(3);
    private readonly HttpClient _client = new();

    /// <summary>Workspace the clicks come from.</summary>
    public string Team { get; init; } = FakeSlack.Team;

    /// <summary>The payload of a click on a button of a card as it is now.</summary>
    /// <exception cref="InvalidOperationException">The card has no such button.</exception>
    public string Click(SlackMessage card, string action)
    {
        var now = slack.Messages[card.Timestamp];
        var button = now.Button(action) ?? throw new InvalidOperationException($"The card has no button {action}.");
        return ClickValue(card, action, button.GetProperty("value").GetString()!);
    }

    /// <summary>The same with a value that the card may not have: what a forger would send.</summary>
    public string ClickValue(SlackMessage card, string action, string value) => new JsonObject
    {
        ["type"] = "block_actions",
        ["team"] = new JsonObject { ["id"] = Team, ["domain"] = "clinic" },
        ["user"] = new JsonObject { ["id"] = user, ["username"] = "someone", ["team_id"] = Team },
        ["api_app_id"] = "A0CHAPER01",
        ["trigger_id"] = slack.NewTrigger(),
        ["container"] = new JsonObject { ["type"] = "message", ["message_ts"] = card.Timestamp, ["channel_id"] = card.Channel, ["is_ephemeral"] = false },
        ["channel"] = new JsonObject { ["id"] = card.Channel, ["name"] = "approvals" },
        ["response_url"] = "https://hooks.slack.com/actions/T0CLINIC01/1/x",
        ["actions"] = new JsonArray(new JsonObject
        {
            ["type"] = "button",
            ["action_id"] = action,
            ["block_id"] = "answer",
            ["value"] = value,
            ["action_ts"] = slack.NewTimestamp(),
        }),
    }.ToJsonString();

    /// <summary>The payload of a modal that was filled in.</summary>
    public string Submit(JsonElement view, string words)
    {
        var input = view.GetProperty("blocks")[0];
        var filled = JsonNode.Parse(view.GetRawText())!.AsObject();
        filled["id"] = "V" + slack.NewTimestamp().Replace(".", "", StringComparison.Ordinal);
        filled["state"] = new JsonObject
        {
            ["values"] = new JsonObject
            {
                [input.GetProperty("block_id").GetString()!] = new JsonObject
                {
                    [input.GetProperty("element").GetProperty("action_id").GetString()!] = new JsonObject { ["type"] = "plain_text_input", ["value"] = words },
                },
            },
        };
        return new JsonObject
        {
            ["type"] = "view_submission",
            ["team"] = new JsonObject { ["id"] = Team },
            ["user"] = new JsonObject { ["id"] = user },
            ["api_app_id"] = "A0CHAPER01",
            ["view"] = filled,
        }.ToJsonString();
    }

    /// <summary>Posts a payload as Slack does.</summary>
    /// <returns>The status; the answer came in time and was empty, as Slack wants it.</returns>
    public Task<HttpStatusCode> PostAsync(Uri endpoint, string payload, CancellationToken cancellationToken) =>
        PostAsync(endpoint, payload, slack.Time.GetUtcNow(), FakeSlack.SigningSecret, cancellationToken);

    /// <summary>The same with a time and secret of the test's.</summary>
    /// <exception cref="InvalidOperationException">The answer was late or not empty.</exception>
    public async Task<HttpStatusCode> PostAsync(Uri endpoint, string payload, DateTimeOffset at, string secret, CancellationToken cancellationToken)
    {
        var body = "payload=" + WebUtility.UrlEncode(payload);
        var seconds = at.ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/x-www-form-urlencoded")),
        };
        request.Headers.Add("X-Slack-Request-Timestamp", $"{seconds}");
        request.Headers.Add("X-Slack-Signature", "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"v0:{seconds}:{body}"))));
        var began = Stopwatch.GetTimestamp();
        using var response = await _client.SendAsync(request, cancellationToken);
        if (Stopwatch.GetElapsedTime(began) > AckLimit || (await response.Content.ReadAsStringAsync(cancellationToken)).Length > 0)
        {
            throw new InvalidOperationException("Slack got its answer late, or with a body.");
        }

        return response.StatusCode;
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Chaperone.TestKit.Teams;

/// <summary>A person at the fake Teams: presses what a card really shows. The Bot Framework's side of an invoke.</summary>
public sealed class TeamsPerson(FakeTeams teams, string user, string objectId) : IDisposable
{
    private readonly HttpClient _client = new();

    /// <summary>The organisation the person acts from.</summary>
    public string Tenant { get; init; } = FakeTeams.Tenant;

    /// <summary>Presses the button with <paramref name="verb"/> on the card as it is now, after writing <paramref name="reason"/> where it asks for one.</summary>
    /// <exception cref="InvalidOperationException">There is no such button, or the answer is not what the protocol wants.</exception>
    public Task<JsonElement> PressAsync(Uri endpoint, TeamsMessage card, string verb, CancellationToken cancellationToken, string? reason = null)
    {
        var now = teams.Messages[(card.Conversation, card.Activity)];
        var button = AdaptiveCards.Buttons(now.Card, verb).FirstOrDefault();
        return button.ValueKind == JsonValueKind.Object
            ? PressAsync(endpoint, card, verb, button.GetProperty("data").GetProperty("request").GetString()!, cancellationToken, reason)
            : throw new InvalidOperationException($"The card has no button {verb}.");
    }

    /// <summary>The same with a value that the card may not have: what a forger, or an old card, would send.</summary>
    public async Task<JsonElement> PressAsync(Uri endpoint, TeamsMessage card, string verb, string value, CancellationToken cancellationToken, string? reason = null)
    {
        using var response = await PostAsync(endpoint, Activity(card, verb, value, reason), teams.Token(), cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new InvalidOperationException($"Teams was answered with {(int)response.StatusCode}.");
        }

        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        var type = answer.GetProperty("type").GetString();
        var fits = answer.GetProperty("statusCode").GetInt32() == 200 && type switch
        {
            "application/vnd.microsoft.card.adaptive" => AdaptiveCards.Problem(answer.GetProperty("value")) is null,
            "application/vnd.microsoft.activity.message" => answer.GetProperty("value").ValueKind == JsonValueKind.String,
            _ => false,
        };
        return fits ? answer : throw new InvalidOperationException($"Teams cannot read the answer: {answer}");
    }

    /// <summary>The invoke for a pressed button.</summary>
    public JsonObject Activity(TeamsMessage card, string verb, string value, string? reason = null)
    {
        var data = new JsonObject { ["request"] = value };
        if (reason is not null)
        {
            data["reason"] = reason;
        }

        return new JsonObject
        {
            ["type"] = "invoke",
            ["name"] = "adaptiveCard/action",
            ["id"] = "f:1",
            ["channelId"] = "msteams",
            ["serviceUrl"] = teams.ServiceUrl,
            ["from"] = new JsonObject { ["id"] = user, ["name"] = "A. Member", ["aadObjectId"] = objectId },
            ["conversation"] = new JsonObject { ["id"] = card.Conversation, ["isGroup"] = true, ["conversationType"] = "channel", ["tenantId"] = Tenant },
            ["recipient"] = new JsonObject { ["id"] = $"28:{FakeTeams.AppId}", ["name"] = "Chaperone" },
            ["replyToId"] = card.Activity,
            ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = Tenant } },
            ["value"] = new JsonObject
            {
                ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = verb, ["data"] = data },
                ["trigger"] = "manual",
            },
        };
    }

    /// <summary>Posts an activity with a token of the test's.</summary>
    public async Task<HttpResponseMessage> PostAsync(Uri endpoint, JsonObject activity, string? token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = JsonContent.Create(activity) };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await _client.SendAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();
}

using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chaperone.Approval.Notices;
using Microsoft.Extensions.Options;

namespace Chaperone.Approval.Teams;

/// <summary>
/// The few calls of the Bot Framework connector that the room needs (learn.microsoft.com, "Bot Framework REST API reference"), with
/// a token for client credentials. The token goes to the configured addresses only, never to one that an activity names. Each call
/// succeeded or throws: <see cref="BotRefusedException"/> (4xx), <see cref="BusyException"/> (429), or <see cref="HttpRequestException"/>
/// and <see cref="TaskCanceledException"/>, after which it is not known whether it was done.
/// </summary>
internal sealed class BotConnector : IDisposable
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);

    private readonly HttpClient _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        Timeout = TimeSpan.FromSeconds(10),
        MaxResponseContentBufferSize = 1 << 20,
    };

    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly TeamsBotOptions _options;
    private readonly TimeProvider _time;
    private (string Token, DateTimeOffset Until) _token = ("", DateTimeOffset.MinValue);
    private long _closedUntil;

    public BotConnector(IOptions<ApprovalOptions> options, TimeProvider time)
    {
        _options = options.Value.Teams.Bot;
        _time = time;
    }

    /// <summary>Begins a thread in a channel with this card.</summary>
    public async Task<(string Conversation, string Activity)> PostAsync(string channel, JsonObject card, CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["isGroup"] = true,
            ["channelData"] = new JsonObject { ["channel"] = new JsonObject { ["id"] = channel } },
            ["activity"] = Message(card),
        };
        var answer = await CallAsync(HttpMethod.Post, "v3/conversations", body, cancellationToken);
        return (Text(answer, "id"), Text(answer, "activityId"));
    }

    /// <summary>Replaces a card.</summary>
    public Task UpdateAsync(string conversation, string activity, JsonObject card, CancellationToken cancellationToken) => CallAsync(
        HttpMethod.Put, $"v3/conversations/{Uri.EscapeDataString(conversation)}/activities/{Uri.EscapeDataString(activity)}", Message(card), cancellationToken);

    /// <summary>The e-mail address of a member of the conversation; null if the directory has none.</summary>
    public async Task<string?> EmailAsync(string conversation, string user, CancellationToken cancellationToken)
    {
        var answer = await CallAsync(
            HttpMethod.Get, $"v3/conversations/{Uri.EscapeDataString(conversation)}/members/{Uri.EscapeDataString(user)}", null, cancellationToken);
        return answer.TryGetProperty("email", out var email) && email.ValueKind == JsonValueKind.String ? email.GetString() : null;
    }

    public void Dispose()
    {
        _client.Dispose();
        _one.Dispose();
    }

    private static JsonObject Message(JsonObject card) => new()
    {
        ["type"] = "message",
        ["attachments"] = new JsonArray(new JsonObject { ["contentType"] = BotCard.ContentType, ["content"] = card }),
    };

    private static string Text(JsonElement answer, string name) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        && value.GetString() is { Length: > 0 and < 4096 } text
            ? text
            : throw new HttpRequestException($"The Bot Framework gave an answer without {name}.");

    private async Task<JsonElement> CallAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        if (Interlocked.Read(ref _closedUntil) is var until && until > now.UtcTicks)
        {
            throw new BusyException("The Bot Framework", TimeSpan.FromTicks(until - now.UtcTicks));
        }

        using var request = new HttpRequestMessage(method, new Uri(new Uri(_options.ServiceUrl.AbsoluteUri.TrimEnd('/') + "/"), path))
        {
            Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json", "utf-8")),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync(cancellationToken));
        using var response = await _client.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            var wait = BusyException.WaitOf(response);
            Interlocked.Exchange(ref _closedUntil, (now + wait).UtcTicks);
            throw new BusyException("The Bot Framework", wait);
        }

        if (response.StatusCode == HttpStatusCode.Unauthorized)
        {
            // Revoked early: the next call asks for another.
            _token = ("", DateTimeOffset.MinValue);
        }

        if ((int)response.StatusCode is >= 400 and < 500)
        {
            throw new BotRefusedException(method, response.StatusCode);
        }

        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"The Bot Framework answered {(int)response.StatusCode}.", null, response.StatusCode);
        }

        return await ReadAsync(response, cancellationToken);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            using var document = JsonDocument.Parse(bytes.Length == 0 ? "{}"u8.ToArray() : bytes);
            return document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new HttpRequestException("The Bot Framework did not answer with JSON.", e);
        }
    }

    private async Task<string> TokenAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_token.Until > _time.GetUtcNow())
            {
                return _token.Token;
            }

            using var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = _options.AppId!,
                ["client_secret"] = SecretText.Read("Approval:Teams:Bot:AppPassword", _options.AppPassword, _options.AppPasswordFile),
                ["scope"] = "https://api.botframework.com/.default",
            });
            var url = new Uri($"{_options.LoginUrl.AbsoluteUri.TrimEnd('/')}/{_options.TenantId}/oauth2/v2.0/token");
            using var response = await _client.PostAsync(url, form, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                // Nothing was posted, and nothing of the answer is shown: it may repeat what we sent.
                throw new BotRefusedException(HttpMethod.Post, response.StatusCode);
            }

            var answer = await ReadAsync(response, cancellationToken);
            var seconds = answer.TryGetProperty("expires_in", out var life) && life.TryGetInt64(out var given) ? given : 0;
            _token = (Text(answer, "access_token"), _time.GetUtcNow() + TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 86_400)) - Early);
            return _token.Token;
        }
        finally
        {
            _one.Release();
        }
    }
}

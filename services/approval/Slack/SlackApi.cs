using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chaperone.Approval.Notices;
using Microsoft.Extensions.Options;

namespace Chaperone.Approval.Slack;

/// <summary>
/// The few methods of Slack's Web API that the room needs (docs.slack.dev/reference/methods). Each either succeeded, or throws:
/// <see cref="SlackRefusedException"/> (Slack said no), <see cref="BusyException"/> (429), or <see cref="HttpRequestException"/>
/// and <see cref="TaskCanceledException"/>, after which it is not known whether it was done.
/// </summary>
internal sealed class SlackApi : IDisposable
{
    private readonly HttpClient _client;
    private readonly TimeProvider _time;
    private readonly SlackOptions _options;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _closedUntil = new(StringComparer.Ordinal);
    private volatile SlackSelf? _self;

    public SlackApi(IOptions<ApprovalOptions> options, TimeProvider time)
    {
        _time = time;
        _options = options.Value.Slack;
        _client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
        {
            BaseAddress = _options.ApiUrl,
            Timeout = TimeSpan.FromSeconds(5),
            MaxResponseContentBufferSize = 4 * 1024 * 1024,
        };
    }

    /// <summary>Whose token it is; asked once.</summary>
    public async Task<SlackSelf> SelfAsync(CancellationToken cancellationToken)
    {
        if (_self is { } known)
        {
            return known;
        }

        var answer = await CallAsync("auth.test", Json([]), BotToken, cancellationToken);
        return _self = new SlackSelf(Text(answer, "team_id", "auth.test"), Text(answer, "bot_id", "auth.test"));
    }

    /// <summary>Posts a message and returns its time stamp, which names it within its channel.</summary>
    public async Task<string> PostAsync(string channel, JsonObject message, CancellationToken cancellationToken)
    {
        var answer = await CallAsync("chat.postMessage", Json(With(message, ("channel", channel))), BotToken, cancellationToken);
        return Text(answer, "ts", "chat.postMessage");
    }

    /// <summary>Answers below a message, and shows the answer in the channel as well.</summary>
    public Task ReplyAsync(string channel, string timestamp, JsonObject message, CancellationToken cancellationToken)
    {
        var whole = With(message, ("channel", channel), ("thread_ts", timestamp));
        whole["reply_broadcast"] = true;
        return CallAsync("chat.postMessage", Json(whole), BotToken, cancellationToken);
    }

    public Task UpdateAsync(string channel, string timestamp, JsonObject message, CancellationToken cancellationToken) =>
        CallAsync("chat.update", Json(With(message, ("channel", channel), ("ts", timestamp))), BotToken, cancellationToken);

    /// <summary>Tells one person something that nobody else in the channel sees.</summary>
    public Task WhisperAsync(string channel, string user, string text, CancellationToken cancellationToken) =>
        CallAsync("chat.postEphemeral", Json(With([], ("channel", channel), ("user", user), ("text", SlackText.Escape(text)))), BotToken, cancellationToken);

    /// <summary>Opens a modal; the trigger is good for three seconds.</summary>
    public Task OpenViewAsync(string trigger, JsonObject view, CancellationToken cancellationToken) =>
        CallAsync("views.open", Json(new JsonObject { ["trigger_id"] = trigger, ["view"] = view }), BotToken, cancellationToken);

    /// <summary>The direct-message channel with <paramref name="user"/>.</summary>
    public async Task<string> DirectChannelAsync(string user, CancellationToken cancellationToken)
    {
        var answer = await CallAsync("conversations.open", Json(With([], ("users", user))), BotToken, cancellationToken);
        return answer.TryGetProperty("channel", out var channel) ? Text(channel, "id", "conversations.open") : throw Unreadable("conversations.open");
    }

    /// <summary>The account as Slack knows it.</summary>
    public async Task<SlackUser> UserAsync(string user, CancellationToken cancellationToken)
    {
        var answer = await CallAsync("users.info", Form(("user", user)), BotToken, cancellationToken);
        return answer.TryGetProperty("user", out var found) && found.ValueKind == JsonValueKind.Object ? SlackUser.Read(found) : throw Unreadable("users.info");
    }

    /// <summary>One page of a channel's messages with their metadata, newest first.</summary>
    public Task<JsonElement> HistoryAsync(string channel, DateTimeOffset oldest, string? cursor, CancellationToken cancellationToken) => CallAsync(
        "conversations.history",
        Form(("channel", channel), ("oldest", $"{oldest.ToUnixTimeSeconds()}.000000"), ("limit", "100"), ("include_all_metadata", "true"), ("cursor", cursor ?? "")),
        BotToken,
        cancellationToken);

    /// <summary>A single-use address for one Socket Mode connection.</summary>
    public async Task<Uri> SocketAddressAsync(CancellationToken cancellationToken)
    {
        var token = SecretText.Read("Approval:Slack:AppToken", _options.AppToken, _options.AppTokenFile);
        var answer = await CallAsync("apps.connections.open", Form(), token, cancellationToken);
        return Uri.TryCreate(Text(answer, "url", "apps.connections.open"), UriKind.Absolute, out var address)
            && (address.Scheme == "wss" || address is { Scheme: "ws", IsLoopback: true })
            ? address
            : throw Unreadable("apps.connections.open");
    }

    public void Dispose() => _client.Dispose();

    // Read each time: a rotated token counts without a restart.
    private string BotToken => SecretText.Read("Approval:Slack:BotToken", _options.BotToken, _options.BotTokenFile);

    private static StringContent Json(JsonObject body) => new(body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue("application/json", "utf-8"));

    private static FormUrlEncodedContent Form(params (string Key, string Value)[] fields) =>
        new(fields.Where(f => f.Value.Length > 0).Select(f => KeyValuePair.Create(f.Key, f.Value)));

    private static JsonObject With(JsonObject message, params (string Key, string Value)[] fields)
    {
        var whole = message.DeepClone().AsObject();
        foreach (var (key, value) in fields)
        {
            whole[key] = value;
        }

        return whole;
    }

    private static string Text(JsonElement answer, string name, string method) =>
        answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and < 4096 } text
            ? text
            : throw Unreadable(method);

    private static HttpRequestException Unreadable(string method) => new($"Slack's {method} gave an answer without what was asked for.");

    private async Task<JsonElement> CallAsync(string method, HttpContent content, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, method) { Content = content };
        if (_closedUntil.TryGetValue(method, out var until) && until > _time.GetUtcNow())
        {
            throw new BusyException($"Slack's {method}", until - _time.GetUtcNow());
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await _client.SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.TooManyRequests)
        {
            var wait = BusyException.WaitOf(response);
            _closedUntil[method] = _time.GetUtcNow() + wait;
            throw new BusyException($"Slack's {method}", wait);
        }

        if (!response.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"Slack's {method} answered {(int)response.StatusCode}.", null, response.StatusCode);
        }

        return await ReadAsync(method, response, cancellationToken);
    }

    private static async Task<JsonElement> ReadAsync(string method, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            var answer = document.RootElement.Clone();
            return answer.TryGetProperty("ok", out var ok) && ok.ValueKind == JsonValueKind.True
                ? answer
                : throw new SlackRefusedException(method, SlackText.Word(answer, "error") ?? "no reason given");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new HttpRequestException($"Slack's {method} did not answer with a JSON object.", e);
        }
    }
}

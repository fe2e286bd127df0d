using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Chaperone.TestKit.Slack;

/// <summary>
/// A Slack workspace on a loopback port, written to the public Web API: strict about tokens, content types, Block Kit sizes and
/// rate limits. Faults are injected by method.
/// </summary>
public sealed class FakeSlack : IAsyncDisposable
{
    /// <summary>The workspace.</summary>
    public const string Team = "T0CLINIC01";

    /// <summary>The app's bot.</summary>
    public const string Bot = "B0CHAPER01";

    /// <summary>Signs interactions.</summary>
    public const string SigningSecret = "0123456789abcdef0123456789abcdef";

    /// <summary>What the bot calls with.</summary>
    public const string BotToken = "xoxb-000000000000-test-bot-token";

    /// <summary>What Socket Mode is opened with.</summary>
    public const string AppToken = "xapp-1-A0CHAPER01-test-app-token";

    /// <summary>How long Slack asks to wait.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<SlackFault>> _faults = new();
    private readonly ConcurrentDictionary<string, DateTimeOffset> _closedUntil = new();
    private long _count;

    private FakeSlack(WebApplication app, TimeProvider time)
    {
        _app = app;
        _time = time;
        Sockets = new SlackSockets();
    }

    /// <summary>Accounts by id.</summary>
    public ConcurrentDictionary<string, SlackMember> Members { get; } = new();

    /// <summary>Messages in all channels, in order of posting.</summary>
    public ConcurrentDictionary<string, SlackMessage> Messages { get; } = new();

    /// <summary>Ephemeral messages: to whom, and what.</summary>
    public ConcurrentQueue<(string User, string Text)> Whispers { get; } = new();

    /// <summary>Answers below messages: where, below which, and what.</summary>
    public ConcurrentQueue<(string Channel, string Thread, string Text)> Replies { get; } = new();

    /// <summary>Modals that were opened.</summary>
    public ConcurrentQueue<JsonElement> Views { get; } = new();

    /// <summary>Methods called, in order; with the token refused or not.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>Offences against Slack's rules, e.g. a call before Retry-After was over.</summary>
    public ConcurrentQueue<string> Offences { get; } = new();

    /// <summary>Whether the app has the history scopes.</summary>
    public bool MayReadHistory { get; set; } = true;

    /// <summary>Socket Mode.</summary>
    public SlackSockets Sockets { get; }

    /// <summary>The Web API's address.</summary>
    public string ApiUrl => $"{_app.Urls.Single()}/api/";

    /// <summary>Triggers handed out and not used.</summary>
    internal ConcurrentDictionary<string, DateTimeOffset> Triggers { get; } = new();

    /// <summary>The clock of the workspace.</summary>
    public TimeProvider Time => _time;

    /// <summary>Starts it.</summary>
    public static async Task<FakeSlack> StartAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(o => o.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var slack = new FakeSlack(app, time);
        app.UseWebSockets();
        app.MapPost("/api/{method}", slack.AnswerAsync);
        app.Map("/link", slack.Sockets.AcceptAsync);
        await app.StartAsync(cancellationToken);
        return slack;
    }

    /// <summary>The next calls of <paramref name="method"/> go wrong in this way, one after the other.</summary>
    public void Fail(string method, params SlackFault[] faults)
    {
        foreach (var fault in faults)
        {
            _faults.GetOrAdd(method, _ => new()).Enqueue(fault);
        }
    }

    /// <summary>The messages of a channel, oldest first.</summary>
    public SlackMessage[] In(string channel) => [.. Messages.Values.Where(m => m.Channel == channel).OrderBy(m => m.Timestamp, StringComparer.Ordinal)];

    /// <summary>A trigger such as a click carries: good once, for three seconds.</summary>
    public string NewTrigger()
    {
        var trigger = $"{Next()}.{Next()}.trigger";
        Triggers[trigger] = _time.GetUtcNow();
        return trigger;
    }

    /// <summary>A time stamp of its own.</summary>
    public string NewTimestamp() => $"{_time.GetUtcNow().ToUnixTimeSeconds()}.{Next():000000}";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Sockets.Dispose();
        await _app.DisposeAsync();
    }

    internal static JsonObject No(string error) => new() { ["ok"] = false, ["error"] = error };

    private long Next() => Interlocked.Increment(ref _count);

    private async Task AnswerAsync(HttpContext http, string method)
    {
        Calls.Enqueue(method);
        if (_closedUntil.TryGetValue(method, out var until) && until > _time.GetUtcNow())
        {
            Offences.Enqueue($"{method} before Retry-After was over");
        }

        var fault = _faults.TryGetValue(method, out var queue) && queue.TryDequeue(out var next) ? next : SlackFault.None;
        switch (fault)
        {
            case SlackFault.RateLimited:
                _closedUntil[method] = _time.GetUtcNow() + RetryAfter;
                http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                http.Response.Headers.RetryAfter = $"{(int)RetryAfter.TotalSeconds}";
                return;
            case SlackFault.ServerError:
                http.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return;
            case SlackFault.CutBefore:
                http.Abort();
                return;
        }

        var answer = await DoAsync(http, method);
        if (fault == SlackFault.CutAfter)
        {
            http.Abort();
            return;
        }

        await ScriptedServer.JsonAsync(http, answer.ToJsonString());
    }

    private async Task<JsonObject> DoAsync(HttpContext http, string method)
    {
        var token = method == "apps.connections.open" ? AppToken : BotToken;
        if (http.Request.Headers.Authorization != $"Bearer {token}")
        {
            return No("invalid_auth");
        }

        var isForm = http.Request.HasFormContentType;
        if (!isForm && SlackMethods.TakesOnlyForms(method))
        {
            return No("invalid_arguments");
        }

        var arguments = isForm
            ? SlackMethods.FromForm(await http.Request.ReadFormAsync())
            : (await JsonDocument.ParseAsync(http.Request.Body)).RootElement;
        return new SlackMethods(this, _app.Urls.Single()).Do(method, arguments);
    }
}

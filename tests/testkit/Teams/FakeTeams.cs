using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Chaperone.TestKit.Teams;

/// <summary>
/// The Bot Framework's side of Teams on a loopback port, written to its public protocol: OpenID metadata with endorsed keys, the
/// token endpoint for client credentials, and the connector's conversations, activities and members. Strict about tokens, bodies
/// and sizes; faults are injected by path.
/// </summary>
public sealed class FakeTeams : IAsyncDisposable
{
    /// <summary>The bot.</summary>
    public const string AppId = "11111111-2222-4333-8444-555555555555";

    /// <summary>Its client secret.</summary>
    public const string AppPassword = "test-bot-client-secret";

    /// <summary>The organisation.</summary>
    public const string Tenant = "99999999-8888-4777-8666-555555555555";

    /// <summary>Longest message with a card, as Teams documents it.</summary>
    public const int MostBytes = 28 * 1024;

    /// <summary>How long the connector asks to wait.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(20);

    private readonly WebApplication _app;
    private readonly RSA _endorsed = TestKeys.Trusted();
    private readonly RSA _other = TestKeys.Foreign();
    private readonly ConcurrentQueue<int> _faults = new();
    private readonly string _token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private DateTimeOffset _closedUntil;
    private long _count;

    private FakeTeams(WebApplication app, TimeProvider time)
    {
        _app = app;
        Time = time;
    }

    /// <summary>Cards by conversation and activity.</summary>
    public ConcurrentDictionary<(string Conversation, string Activity), TeamsMessage> Messages { get; } = new();

    /// <summary>E-mail addresses by account id.</summary>
    public ConcurrentDictionary<string, string> Emails { get; } = new(StringComparer.Ordinal);

    /// <summary>Offences against the protocol.</summary>
    public ConcurrentQueue<string> Offences { get; } = new();

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Address of everything.</summary>
    public string Url => _app.Urls.Single();

    /// <summary>The connector's address, as activities name it.</summary>
    public string ServiceUrl => $"{Url}/teams/";

    /// <summary>Settings that lead the room here.</summary>
    public (string Key, string? Value)[] Settings(string channel) =>
    [
        ("Approval:Teams:Bot:AppId", AppId),
        ("Approval:Teams:Bot:AppPassword", AppPassword),
        ("Approval:Teams:Bot:TenantId", Tenant),
        ("Approval:Teams:Bot:Channel", channel),
        ("Approval:Teams:Bot:ServiceUrl", ServiceUrl),
        ("Approval:Teams:Bot:LoginUrl", $"{Url}/login/"),
        ("Approval:Teams:Bot:MetadataUrl", $"{Url}/v1/.well-known/openidconfiguration"),
    ];

    /// <summary>Starts it.</summary>
    public static async Task<FakeTeams> StartAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(o => o.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var teams = new FakeTeams(app, time);
        app.MapGet("/v1/.well-known/openidconfiguration", () => Results.Json(new
        {
            issuer = "https://api.botframework.com",
            authorization_endpoint = "https://invalid.botframework.com",
            jwks_uri = $"{teams.Url}/v1/.well-known/keys",
            id_token_signing_alg_values_supported = new[] { "RS256" },
        }));
        app.MapGet("/v1/.well-known/keys", () => Results.Json(new { keys = new[] { Key(teams._endorsed, "endorsed", "msteams", "webchat"), Key(teams._other, "other", "webchat") } }));
        app.MapPost($"/login/{Tenant}/oauth2/v2.0/token", (Delegate)teams.LoginAsync);
        app.MapPost("/teams/v3/conversations", (Delegate)teams.BeginAsync);
        app.MapPut("/teams/v3/conversations/{conversation}/activities/{activity}", (Delegate)teams.ReplaceAsync);
        app.MapGet("/teams/v3/conversations/{conversation}/members/{member}", (Delegate)teams.Member);
        await app.StartAsync(cancellationToken);
        return teams;
    }

    /// <summary>The next calls of the connector are answered so: 429, 500, or 0 for a connection that breaks after the call was done.</summary>
    public void Fail(params int[] statuses)
    {
        foreach (var status in statuses)
        {
            _faults.Enqueue(status);
        }
    }

    /// <summary>Cards of a channel, in order of posting.</summary>
    public TeamsMessage[] In(string channel) => [.. Messages.Values.Where(m => m.Channel == channel).OrderBy(m => m.Activity, StringComparer.Ordinal)];

    /// <summary>A token such as the Bot Framework sends with an activity; each part can be made wrong.</summary>
    public string Token(TeamsTokenShape? shape = null)
    {
        var made = shape ?? new TeamsTokenShape();
        var header = JsonSerializer.SerializeToUtf8Bytes(new { alg = made.Algorithm, typ = "JWT", kid = made.KeyId });
        var now = Time.GetUtcNow() + made.Shift;
        var claims = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["iss"] = made.Issuer,
            ["aud"] = made.Audience,
            ["serviceurl"] = made.ServiceUrl ?? ServiceUrl,
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + TimeSpan.FromHours(1)).ToUnixTimeSeconds(),
        });
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(claims)}";
        var key = made.KeyId == "other" ? _other : _endorsed;
        var signature = made.Algorithm == "none" ? [] : key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        if (made.BadSignature)
        {
            signature[7] ^= 1;
        }

        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _endorsed.Dispose();
        _other.Dispose();
    }

    private static object Key(RSA key, string id, params string[] endorsements)
    {
        var parts = key.ExportParameters(includePrivateParameters: false);
        return new { kty = "RSA", use = "sig", kid = id, n = Base64Url.EncodeToString(parts.Modulus!), e = Base64Url.EncodeToString(parts.Exponent!), endorsements };
    }

    private async Task<IResult> LoginAsync(HttpContext http)
    {
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync() : null;
        return form is not null && form["grant_type"] == "client_credentials" && form["client_id"] == AppId && form["client_secret"] == AppPassword
            && form["scope"] == "https://api.botframework.com/.default"
            ? Results.Json(new { token_type = "Bearer", expires_in = 3599, access_token = _token })
            : Results.Json(new { error = "invalid_client" }, statusCode: 401);
    }

    private async Task<IResult> BeginAsync(HttpContext http)
    {
        var (refusal, body) = await AdmitAsync(http);
        if (refusal is not null)
        {
            return refusal;
        }

        if (!body.TryGetProperty("isGroup", out var group) || group.ValueKind != JsonValueKind.True
            || body.GetProperty("channelData").GetProperty("channel").GetProperty("id").GetString() is not { } channel || !channel.StartsWith("19:", StringComparison.Ordinal)
            || CardOf(body.GetProperty("activity")) is not { } card)
        {
            return Offence("a conversation without a channel or a card");
        }

        var activity = $"{Interlocked.Increment(ref _count):000000}";
        var conversation = $"{channel};messageid={activity}";
        Messages[(conversation, activity)] = new TeamsMessage(channel, conversation, activity, card, 0);
        return Done(http, Results.Json(new { id = conversation, activityId = activity }, statusCode: 201));
    }

    private async Task<IResult> ReplaceAsync(HttpContext http, string conversation, string activity)
    {
        var (refusal, body) = await AdmitAsync(http);
        if (refusal is not null)
        {
            return refusal;
        }

        if (CardOf(body) is not { } card)
        {
            return Offence("an update without a card");
        }

        if (!Messages.TryGetValue((conversation, activity), out var old))
        {
            return Results.NotFound();
        }

        Messages[(conversation, activity)] = old with { Card = card, Changes = old.Changes + 1 };
        return Done(http, Results.Json(new { id = activity }));
    }

    private IResult Member(HttpContext http, string conversation, string member) =>
        http.Request.Headers.Authorization != $"Bearer {_token}" ? Results.Unauthorized()
        : conversation.Length == 0 || !Emails.TryGetValue(member, out var email) ? Results.NotFound()
        : Results.Json(new { id = member, name = "A. Member", email, userPrincipalName = email, tenantId = Tenant, userRole = "user" });

    private async Task<(IResult? Refusal, JsonElement Body)> AdmitAsync(HttpContext http)
    {
        if (http.Request.Headers.Authorization != $"Bearer {_token}")
        {
            return (Results.Unauthorized(), default);
        }

        if (_closedUntil > Time.GetUtcNow())
        {
            Offences.Enqueue("a call before Retry-After was over");
        }

        if (_faults.TryPeek(out var status) && status != 0)
        {
            _faults.TryDequeue(out _);
            if (status == 429)
            {
                _closedUntil = Time.GetUtcNow() + RetryAfter;
                http.Response.Headers.RetryAfter = $"{(int)RetryAfter.TotalSeconds}";
            }

            return (Results.StatusCode(status), default);
        }

        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        return body.Length > MostBytes
            ? (Results.StatusCode(413), default)
            : (null, JsonDocument.Parse(body.ToArray()).RootElement.Clone());
    }

    private IResult Done(HttpContext http, IResult result)
    {
        if (_faults.TryPeek(out var status) && status == 0)
        {
            _faults.TryDequeue(out _);
            http.Abort();
        }

        return result;
    }

    private IResult Offence(string what)
    {
        Offences.Enqueue(what);
        return Results.BadRequest();
    }

    private static JsonElement? CardOf(JsonElement activity) =>
        activity.TryGetProperty("type", out var type) && type.GetString() == "message"
        && activity.TryGetProperty("attachments", out var attachments) && attachments.GetArrayLength() == 1
        && attachments[0].GetProperty("contentType").GetString() == "application/vnd.microsoft.card.adaptive"
        && AdaptiveCards.Problem(attachments[0].GetProperty("content")) is null
            ? attachments[0].GetProperty("content").Clone()
            : null;
}

using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Chaperone.TestKit;

/// <summary>
/// A strict OAuth 2.0 token endpoint: client credentials (RFC 6749, 4.4) and token exchange (RFC 8693), clients by Basic, form or
/// signed assertion (RFC 7523). It refuses what the RFCs refuse: repeated parameters, a query, two client authentications.
/// </summary>
public sealed class TokenServer : IAsyncDisposable
{
    private const string Exchange = "urn:ietf:params:oauth:grant-type:token-exchange";
    private const string AccessToken = "urn:ietf:params:oauth:token-type:access_token";
    private readonly ScriptedServer _server;
    private readonly ConcurrentDictionary<string, bool> _usedAssertions = new(StringComparer.Ordinal);

    private TokenServer(ScriptedServer server)
    {
        _server = server;
        _server.Script = AnswerAsync;
    }

    /// <summary>The endpoint.</summary>
    public string Url => _server.Url + "/token";

    /// <summary>The client.</summary>
    public string ClientId { get; init; } = "chaperone:gateway";

    /// <summary>Its secret, with characters that have to be encoded.</summary>
    public string ClientSecret { get; set; } = "canary+client secret/%";

    /// <summary>The key that its assertions are signed with; null where it has a secret.</summary>
    public AsymmetricAlgorithm? ClientKey { get; set; }

    /// <summary>Seconds that a token lives; null leaves it unsaid.</summary>
    public int? ExpiresIn { get; set; } = 3600;

    /// <summary>Says whether a subject token may be exchanged.</summary>
    public Func<string, bool> AcceptsSubject { get; set; } = _ => true;

    /// <summary>What it answers instead, status and body; null for honest answers.</summary>
    public (int Status, string Body)? Instead { get; set; }

    /// <summary>Awaited before each answer.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>The forms of all requests that came through, in order.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Forms { get; } = new();

    /// <summary>The tokens given out, in order.</summary>
    public ConcurrentQueue<string> Issued { get; } = new();

    /// <summary>How often it was asked.</summary>
    public int Asked => _server.Received.Count;

    /// <summary>Starts it.</summary>
    public static async Task<TokenServer> StartAsync(CancellationToken cancellationToken) => new(await ScriptedServer.StartAsync(cancellationToken));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task AnswerAsync(HttpContext http, ReceivedRequest request)
    {
        await Gate;
        http.Response.Headers.CacheControl = "no-store";
        if (Instead is { } instead)
        {
            await ScriptedServer.JsonAsync(http, instead.Body, instead.Status);
            return;
        }

        var (error, status) = Judge(http, request, out var form);
        if (error is not null)
        {
            await ScriptedServer.JsonAsync(http, $$"""{"error":"{{error}}","error_description":"said in free text"}""", status);
            return;
        }

        Forms.Enqueue(form);
        var token = "canary-upstream-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        Issued.Enqueue(token);
        var answer = new Dictionary<string, object> { ["access_token"] = token, ["token_type"] = "bearer" };
        if (ExpiresIn is { } seconds)
        {
            answer["expires_in"] = seconds;
        }

        if (form["grant_type"] == Exchange)
        {
            answer["issued_token_type"] = AccessToken;
        }

        await ScriptedServer.JsonAsync(http, JsonSerializer.Serialize(answer));
    }

    private (string? Error, int Status) Judge(HttpContext http, ReceivedRequest request, out IReadOnlyDictionary<string, string> form)
    {
        var pairs = request.Body.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2))
            .Select(p => (Name: WebUtility.UrlDecode(p[0]), Value: WebUtility.UrlDecode(p.Length > 1 ? p[1] : string.Empty))).ToList();
        form = pairs.GroupBy(p => p.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Value, StringComparer.Ordinal);
        if (request.Method != "POST" || http.Request.Path != "/token" || http.Request.QueryString.HasValue || pairs.Count != form.Count
            || http.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.Ordinal) != true)
        {
            return ("invalid_request", 400);
        }

        if (!Authenticates(http, form))
        {
            return ("invalid_client", 401);
        }

        return form.GetValueOrDefault("grant_type") switch
        {
            "client_credentials" => (null, 200),
            Exchange when form.GetValueOrDefault("subject_token_type") != AccessToken || !form.ContainsKey("subject_token") => ("invalid_request", 400),
            Exchange => AcceptsSubject(form["subject_token"]) ? (null, 200) : ("invalid_grant", 400),
            _ => ("unsupported_grant_type", 400),
        };
    }

    private bool Authenticates(HttpContext http, IReadOnlyDictionary<string, string> form)
    {
        var basic = http.Request.Headers.Authorization.ToString();
        if (ClientKey is not null)
        {
            return basic.Length == 0 && !form.ContainsKey("client_secret") && form.TryGetValue("client_assertion", out var assertion)
                && form.GetValueOrDefault("client_assertion_type") == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" && IsSigned(assertion);
        }

        if (basic.Length == 0)
        {
            return form.GetValueOrDefault("client_id") == ClientId && form.GetValueOrDefault("client_secret") == ClientSecret;
        }

        if (!basic.StartsWith("Basic ", StringComparison.Ordinal) || form.ContainsKey("client_secret"))
        {
            return false;
        }

        var pair = Encoding.ASCII.GetString(Convert.FromBase64String(basic["Basic ".Length..])).Split(':');
        return pair.Length == 2 && WebUtility.UrlDecode(pair[0]) == ClientId && WebUtility.UrlDecode(pair[1]) == ClientSecret;
    }

    private bool IsSigned(string assertion)
    {
        var parts = assertion.Split('.');
        var signed = Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}");
        var signature = Base64Url.DecodeFromChars(parts[2]);
        using var header = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[0]));
        using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(parts[1]));
        var alg = header.RootElement.GetProperty("alg").GetString();
        var verified = ClientKey switch
        {
            RSA rsa => alg == "RS256" && rsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            ECDsa ec => alg == "ES256" && ec.VerifyData(signed, signature, HashAlgorithmName.SHA256),
            _ => false,
        };
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var root = claims.RootElement;
        return verified && root.GetProperty("iss").GetString() == ClientId && root.GetProperty("sub").GetString() == ClientId
            && root.GetProperty("aud").GetString() == Url && root.GetProperty("exp").GetInt64() > now && root.GetProperty("exp").GetInt64() <= now + 300
            && _usedAssertions.TryAdd(root.GetProperty("jti").GetString()!, true);
    }
}

using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Chaperone.TestKit;

/// <summary>
/// HashiCorp Vault's HTTP API as documented, as far as its clients here see it: KV 1 at <c>kv</c>, KV 2 at <c>secret</c>, the transit engine
/// at <c>transit</c>, logins of Kubernetes and AppRole, policies, token leases, namespaces, sealing, deleted versions. Requests without <c>X-Vault-Request</c> are refused, as a
/// listener with <c>require_request_header</c> does.
/// </summary>
public sealed class VaultServer : IAsyncDisposable
{
    private readonly ScriptedServer _server;
    private int _minted;

    private VaultServer(ScriptedServer server)
    {
        _server = server;
        _server.Script = AnswerAsync;
    }

    /// <summary>Its address.</summary>
    public string Url => _server.Url;

    /// <summary>True while it is sealed.</summary>
    public bool Sealed { get; set; }

    /// <summary>The role and the service account token that may log in.</summary>
    public (string Role, string Jwt) Kubernetes { get; } = ("chaperone", "canary-service-account");

    /// <summary>The role id and secret id that may log in.</summary>
    public (string RoleId, string SecretId) AppRole { get; } = ("role-1", "canary-secret-id");

    /// <summary>Seconds that a login, or a KV 1 secret, is leased for.</summary>
    public int Lease { get; set; } = 3600;

    /// <summary>Tokens that are good now.</summary>
    public ConcurrentDictionary<string, bool> Tokens { get; } = new(StringComparer.Ordinal);

    /// <summary>Secrets by path below their mount, e.g. <c>clinic</c>; null stands for a deleted version.</summary>
    public ConcurrentDictionary<string, Dictionary<string, object>?> Secrets { get; } = new(StringComparer.Ordinal);

    /// <summary>The paths that were read, in order.</summary>
    public ConcurrentQueue<string> Reads { get; } = new();

    /// <summary>How many logins succeeded.</summary>
    public int Logins => _minted;

    /// <summary>The transit engine.</summary>
    public VaultTransitEngine Transit { get; } = new();

    /// <summary>What tokens may do, by path; a token that is not here is a root token.</summary>
    public ConcurrentDictionary<string, Dictionary<string, string[]>> Policies { get; } = new(StringComparer.Ordinal);

    /// <summary>Seconds that tokens live still, as lookup-self tells; 0 for ever.</summary>
    public int TokenTtl { get; set; } = 86_400;

    /// <summary>The namespace that it all lies in; null for the root.</summary>
    public string? Namespace { get; set; }

    /// <summary>Answers instead of Vault while it is set, as what stands between does: stalls, cuts, redirects.</summary>
    public Func<HttpContext, Task>? Instead { get; set; }

    /// <summary>Everything that was asked, in order: method and path.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    /// <summary>Starts it; with <paramref name="https"/> it speaks TLS.</summary>
    public static async Task<VaultServer> StartAsync(CancellationToken cancellationToken, HttpsConnectionAdapterOptions? https = null) => new(await ScriptedServer.StartAsync(cancellationToken, https));

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task AnswerAsync(HttpContext http, ReceivedRequest request)
    {
        var path = http.Request.Path.Value!;
        Asked.Enqueue($"{request.Method} {path}");
        if (Instead is { } other)
        {
            return other(http);
        }

        if (Sealed)
        {
            return ScriptedServer.JsonAsync(http, """{"errors":["Vault is sealed"]}""", 503);
        }

        if (http.Request.Headers["X-Vault-Request"] != "true")
        {
            return ScriptedServer.JsonAsync(http, """{"errors":["missing header 'X-Vault-Request'"]}""", 412);
        }

        if (request.Method == "POST" && path is "/v1/auth/kubernetes/login" or "/v1/auth/approle/login")
        {
            return LoginAsync(http, path, request.Body);
        }

        var token = http.Request.Headers["X-Vault-Token"].ToString();
        if (!Tokens.ContainsKey(token))
        {
            return ScriptedServer.JsonAsync(http, """{"errors":["permission denied"]}""", 403);
        }

        if ((Namespace ?? "") != http.Request.Headers["X-Vault-Namespace"].ToString())
        {
            return ScriptedServer.JsonAsync(http, """{"errors":["no handler for route. route entry not found."]}""", 404);
        }

        if (path.StartsWith("/v1/transit/", StringComparison.Ordinal) || path.StartsWith("/v1/sys/", StringComparison.Ordinal) || path.StartsWith("/v1/auth/token/", StringComparison.Ordinal))
        {
            return OperateAsync(http, token, path["/v1/".Length..], request);
        }

        Reads.Enqueue(path);
        return path switch
        {
            _ when path.StartsWith("/v1/secret/data/", StringComparison.Ordinal) => SecondAsync(http, path["/v1/secret/data/".Length..]),
            _ when path.StartsWith("/v1/kv/", StringComparison.Ordinal) && Secrets.GetValueOrDefault(path["/v1/kv/".Length..]) is { } first =>
                ScriptedServer.JsonAsync(http, JsonSerializer.Serialize(new { request_id = "r", lease_id = "", renewable = false, lease_duration = Lease, data = first })),
            _ => ScriptedServer.JsonAsync(http, """{"errors":[]}""", 404),
        };
    }

    private Task OperateAsync(HttpContext http, string token, string path, ReceivedRequest request)
    {
        if (path == "auth/token/lookup-self")
        {
            return ScriptedServer.JsonAsync(http, JsonSerializer.Serialize(new { data = new { ttl = TokenTtl, renewable = TokenTtl > 0, policies = new[] { "default" } } }));
        }

        if (path == "sys/capabilities-self")
        {
            using var asked = JsonDocument.Parse(request.Body);
            var can = asked.RootElement.GetProperty("paths").EnumerateArray().ToDictionary(p => p.GetString()!, p => Can(token, p.GetString()!));
            return ScriptedServer.JsonAsync(http, JsonSerializer.Serialize(new { data = can }));
        }

        // As in Vault, encrypting with a key that is not there is a creation: it needs the right to create, and makes the key.
        var needed = request.Method == "GET" ? "read" : path.StartsWith("transit/encrypt/", StringComparison.Ordinal) && !Transit.Has(path) ? "create" : "update";
        if (Can(token, path) is var rights && !rights.Contains(needed) && !rights.Contains("root"))
        {
            return ScriptedServer.JsonAsync(http, """{"errors":["1 error occurred:\n\t* permission denied\n\n"]}""", 403);
        }

        var (status, json) = Transit.Answer(request.Method, path, request.Body);
        return ScriptedServer.JsonAsync(http, json, status);
    }

    private string[] Can(string token, string path) =>
        Policies.TryGetValue(token, out var policy) ? policy.GetValueOrDefault(path) ?? ["deny"] : ["root"];

    private Task SecondAsync(HttpContext http, string path)
    {
        if (!Secrets.TryGetValue(path, out var secret))
        {
            return ScriptedServer.JsonAsync(http, """{"errors":[]}""", 404);
        }

        var metadata = new { created_time = "2026-01-01T00:00:00Z", deletion_time = secret is null ? "2026-01-02T00:00:00Z" : "", destroyed = false, version = 1 };
        var body = JsonSerializer.Serialize(new { request_id = "r", lease_id = "", renewable = false, lease_duration = 0, data = new { data = secret, metadata } });
        return ScriptedServer.JsonAsync(http, body, secret is null ? 404 : 200);
    }

    private Task LoginAsync(HttpContext http, string path, string body)
    {
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        var good = path.Contains("kubernetes", StringComparison.Ordinal)
            ? root.GetProperty("role").GetString() == Kubernetes.Role && root.GetProperty("jwt").GetString() == Kubernetes.Jwt
            : root.GetProperty("role_id").GetString() == AppRole.RoleId && root.GetProperty("secret_id").GetString() == AppRole.SecretId;
        if (!good)
        {
            return ScriptedServer.JsonAsync(http, """{"errors":["permission denied"]}""", 403);
        }

        var token = $"canary-vault-token-{Interlocked.Increment(ref _minted)}";
        Tokens[token] = true;
        return ScriptedServer.JsonAsync(http, JsonSerializer.Serialize(new { auth = new { client_token = token, accessor = "a", lease_duration = Lease, renewable = true } }));
    }
}

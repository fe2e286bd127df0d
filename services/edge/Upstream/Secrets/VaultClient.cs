using System.Net;
using System.Text.Json;
using Chaperone.Edge.Upstream.Credentials;
using Microsoft.Extensions.Options;

namespace Chaperone.Edge.Upstream.Secrets;

/// <summary>Reads secrets of HashiCorp Vault's KV engine, versions 1 and 2 (https://developer.hashicorp.com/vault/api-docs/secret/kv).</summary>
internal sealed class VaultClient : IDisposable
{
    private readonly VaultOptions _options;
    private readonly VaultLogin _login;
    private readonly SecretHttp _http;
    private readonly TimeProvider _time;
    private readonly LeaseBook<IReadOnlyDictionary<string, string>> _secrets;

    public VaultClient(IOptions<EdgeOptions> options, TimeProvider time)
    {
        _options = options.Value.Vault;
        _http = new SecretHttp(_options.AuthorityFile);
        _login = new VaultLogin(_options, _http, time);
        _time = time;
        _secrets = new(time);
    }

    /// <summary>One field of a secret.</summary>
    /// <exception cref="CredentialException">It cannot be had now.</exception>
    public async ValueTask<string> ReadAsync(string field, string path, string key, CancellationToken cancellationToken)
    {
        if (_options.Address is null)
        {
            throw new CredentialException($"{field}: names Vault, but Edge:Vault:Address is not set; set it, and one login");
        }

        var secret = await SecretAsync(field, path, cancellationToken);
        return secret.TryGetValue(key, out var value) && value.Length > 0
            ? value
            : throw new CredentialException($"{field}: the secret in Vault has no text under '{key}'; add it, or correct the name after #");
    }

    /// <summary>Forgets a secret, so that it is asked for anew; false when that was done a moment ago.</summary>
    public bool TryDrop(string path) => _secrets.Find(path) is { IsStale: false } keeper && keeper.TryDropHeld();

    public void Dispose() => _http.Dispose();

    private async ValueTask<IReadOnlyDictionary<string, string>> SecretAsync(string field, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await _secrets.Get(path, stop => FetchAsync(path, stop)).GetAsync(cancellationToken);
        }
        catch (CredentialException e)
        {
            throw new CredentialException($"{field}: {e.Message}");
        }
    }

    private async Task<Leased<IReadOnlyDictionary<string, string>>> FetchAsync(string path, CancellationToken cancellationToken)
    {
        var token = await _login.TokenAsync(cancellationToken);
        var (status, answer) = await SendAsync(path, token, cancellationToken);
        if (status == HttpStatusCode.Forbidden && _login.TryDrop(token))
        {
            answer?.Dispose();
            (status, answer) = await SendAsync(path, await _login.TokenAsync(cancellationToken), cancellationToken);
        }

        using (answer)
        {
            return status == HttpStatusCode.OK && answer is not null && Read(answer.RootElement) is { } leased
                ? leased
                : throw new CredentialException($"Edge:Vault: {Words(status)}");
        }
    }

    private Task<(HttpStatusCode Status, JsonDocument? Answer)> SendAsync(string path, string token, CancellationToken cancellationToken)
    {
        var segments = string.Join('/', path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.EscapeDataString));
        var request = new HttpRequestMessage(HttpMethod.Get, _login.Url($"{_options.Mount}/{(_options.KvVersion == 2 ? "data/" : string.Empty)}{segments}"));
        request.Headers.TryAddWithoutValidation("X-Vault-Token", token);
        _login.AddCommon(request);
        return _http.SendAsync(request, "Edge:Vault:Address: Vault", cancellationToken);
    }

    private Leased<IReadOnlyDictionary<string, string>>? Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object
            || (_options.KvVersion == 2 && (!data.TryGetProperty("data", out data) || data.ValueKind != JsonValueKind.Object)))
        {
            return null;
        }

        // KV 2 and most KV 1 answers have no lease of their own (0); then the option alone bounds it.
        var lease = root.TryGetProperty("lease_duration", out var seconds) && seconds.ValueKind == JsonValueKind.Number && seconds.TryGetInt64(out var s) && s > 0
            ? TimeSpan.FromSeconds(Math.Min(s, (long)_options.CacheFor.TotalSeconds))
            : _options.CacheFor;
        var fields = data.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.String).ToDictionary(p => p.Name, p => p.Value.GetString()!, StringComparer.Ordinal);
        return new(fields, _time.GetUtcNow() + lease);
    }

    private static string Words(HttpStatusCode status) => status switch
    {
        HttpStatusCode.NotFound => "Vault has no such secret (HTTP 404), or this version of it is deleted; write it, or check mount, KV version and path",
        HttpStatusCode.Forbidden => "Vault refuses the gateway's token (HTTP 403); give its policy read on the path",
        HttpStatusCode.ServiceUnavailable => "Vault is sealed (HTTP 503); unseal it",
        _ => $"Vault answered HTTP {(int)status} with no secret; check its address, mount and KV version",
    };
}

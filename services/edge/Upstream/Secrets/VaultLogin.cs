using System.Net;
using System.Text.Json;
using Chaperone.Edge.Upstream.Credentials;

namespace Chaperone.Edge.Upstream.Secrets;

/// <summary>The gateway's own token at Vault: from a file, or by a Kubernetes or AppRole login that is repeated before it ends.</summary>
internal sealed class VaultLogin
{
    private readonly VaultOptions _options;
    private readonly SecretHttp _http;
    private readonly TimeProvider _time;
    private readonly LeaseKeeper<string> _token;

    public VaultLogin(VaultOptions options, SecretHttp http, TimeProvider time)
    {
        _options = options;
        _http = http;
        _time = time;
        _token = new LeaseKeeper<string>(LoginAsync, time);
    }

    /// <exception cref="CredentialException">Nobody lets the gateway in.</exception>
    public ValueTask<string> TokenAsync(CancellationToken cancellationToken) =>
        _options.TokenFile is { } file ? ValueTask.FromResult(ReadFile("TokenFile", file)) : _token.GetAsync(cancellationToken);

    /// <summary>Forgets a token that Vault refused; false when another try makes no sense.</summary>
    public bool TryDrop(string refused) => _options.TokenFile is null && _token.TryDrop(refused);

    public Uri Url(string path) => new($"{_options.Address!.ToString().TrimEnd('/')}/v1/{path}");

    public void AddCommon(HttpRequestMessage request)
    {
        // A listener with require_request_header refuses requests without it (a guard against SSRF).
        request.Headers.TryAddWithoutValidation("X-Vault-Request", "true");
        if (_options.Namespace is { Length: > 0 } space)
        {
            request.Headers.TryAddWithoutValidation("X-Vault-Namespace", space);
        }
    }

    private async Task<Leased<string>> LoginAsync(CancellationToken cancellationToken)
    {
        var (mount, body) = _options.KubernetesRole is { } role
            ? ("kubernetes", new Dictionary<string, string> { ["role"] = role, ["jwt"] = ReadFile("KubernetesTokenFile", _options.KubernetesTokenFile) })
            : ("approle", new Dictionary<string, string>
            {
                ["role_id"] = ReadFile("AppRoleIdFile", _options.AppRoleIdFile),
                ["secret_id"] = ReadFile("AppRoleSecretIdFile", _options.AppRoleSecretIdFile),
            });
        var request = new HttpRequestMessage(HttpMethod.Post, Url($"auth/{_options.LoginMount ?? mount}/login")) { Content = JsonContent.Create(body) };
        AddCommon(request);
        var (status, answer) = await _http.SendAsync(request, "Edge:Vault: the login", cancellationToken);
        using (answer)
        {
            if (status != HttpStatusCode.OK || answer?.RootElement is not { ValueKind: JsonValueKind.Object } root
                || !root.TryGetProperty("auth", out var auth) || auth.ValueKind != JsonValueKind.Object
                || !auth.TryGetProperty("client_token", out var token) || token.ValueKind != JsonValueKind.String)
            {
                throw new CredentialException($"Edge:Vault: the {mount} login was answered HTTP {(int)status}; check the role, its policies and where it is mounted");
            }

            var seconds = auth.TryGetProperty("lease_duration", out var lease) && lease.ValueKind == JsonValueKind.Number && lease.TryGetInt64(out var s) ? Math.Clamp(s, 0, 86_400) : 0;

            // Vault tokens without a lease (root) never end; asking again once an hour notices when they were revoked.
            return new Leased<string>(token.GetString()!, _time.GetUtcNow() + (seconds == 0 ? TimeSpan.FromHours(1) : TimeSpan.FromSeconds(seconds * 2 / 3.0)));
        }
    }

    private static string ReadFile(string field, string? file) => file is null
        ? throw new CredentialException($"Edge:Vault:{field}: is not set; give a token file, a Kubernetes role, or the two files of an AppRole")
        : SecretReader.ReadLocal(SecretTemplate.Parse(string.Empty, $"Edge:Vault:{field}", $"${{file:{file}}}"));
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography;
using System.Text.Json;
using Chaperone.Bus.Tls;

namespace Chaperone.Recorder.Keys.Vault;

/// <summary>
/// Asks Vault, with a token from a file or from a login that is repeated before it ends
/// (https://developer.hashicorp.com/vault/api-docs). It blocks: keys are needed where nothing can wait for a task. No redirects,
/// no cookies, no proxies, 256 KiB of JSON. Thread-safe.
/// </summary>
internal sealed class VaultConnection : IDisposable
{
    private const int MaxBytes = 256 * 1024;
    private const int LongestSecret = 16 * 1024;
    private static readonly TimeSpan LongestLease = TimeSpan.FromDays(1);

    // A token without a lease (root) never ends; asking again notices when it was revoked.
    private static readonly TimeSpan WithoutLease = TimeSpan.FromHours(1);

    // How old a login is at least before a 403 is taken for its end.
    private static readonly TimeSpan ShortestPatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestPatience = TimeSpan.FromMinutes(16);

    private readonly VaultRootOptions _options;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;

    // Guards both fields below.
    private readonly Lock _login = new();
    private (string Token, DateTimeOffset Since, DateTimeOffset Until)? _token;
    private TimeSpan _patience = ShortestPatience;

    public VaultConnection(VaultRootOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = options.Timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ActivityHeadersPropagator = null,
        };
        if (options.AuthorityFile is not null)
        {
            handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = new PinnedAuthority(options.AuthorityFile).Accepts };
        }

        _client = new HttpClient(handler) { Timeout = options.Timeout, MaxResponseContentBufferSize = MaxBytes };
    }

    /// <summary>How messages call it.</summary>
    public string Name => $"Vault at {_options.Address!.GetLeftPart(UriPartial.Authority)}";

    /// <summary>Asks below <c>/v1/</c>; <paramref name="body"/> is JSON, null to read. Any status is an answer.</summary>
    /// <exception cref="RootAwayException">It cannot be reached, does not answer in time, or nobody lets the recorder in.</exception>
    public VaultAnswer Send(string path, byte[]? body)
    {
        var token = Token();
        var answer = SendOnce(path, body, token);
        if (answer.Status != HttpStatusCode.Forbidden || _options.TokenFile is not null)
        {
            return answer;
        }

        if (!TryDrop(token))
        {
            return answer;
        }

        answer.Dispose();
        answer = SendOnce(path, body, Token());
        lock (_login)
        {
            // A new login that is refused too lacks a right: others would not help, and a secret id may be good for a few only.
            _patience = answer.Status != HttpStatusCode.Forbidden ? ShortestPatience : _patience < LongestPatience ? _patience * 2 : LongestPatience;
        }

        return answer;
    }

    public void Dispose() => _client.Dispose();

    private string Token()
    {
        if (_options.TokenFile is { } file)
        {
            return ReadFile("TokenFile", file);
        }

        lock (_login)
        {
            if (_token is not { } held || held.Until <= _time.GetUtcNow())
            {
                _token = held = LogIn();
            }

            return held.Token;
        }
    }

    /// <summary>Forgets the login's token, for it may have been revoked before its time; false where it is too new for that.</summary>
    private bool TryDrop(string token)
    {
        lock (_login)
        {
            if (_token is { } held && held.Token == token)
            {
                if (_time.GetUtcNow() - held.Since < _patience)
                {
                    return false;
                }

                _token = null;
            }

            return true;
        }
    }

    private (string Token, DateTimeOffset Since, DateTimeOffset Until) LogIn()
    {
        var (mount, body) = _options.KubernetesRole is { } role
            ? ("kubernetes", new Dictionary<string, string> { ["role"] = role, ["jwt"] = ReadFile("KubernetesTokenFile", _options.KubernetesTokenFile) })
            : ("approle", new Dictionary<string, string>
            {
                ["role_id"] = ReadFile("AppRoleIdFile", _options.AppRoleIdFile!),
                ["secret_id"] = ReadFile("AppRoleSecretIdFile", _options.AppRoleSecretIdFile!),
            });
        using var answer = SendOnce($"auth/{_options.LoginMount ?? mount}/login", JsonSerializer.SerializeToUtf8Bytes(body), null);
        if (answer.Status != HttpStatusCode.OK || VaultAnswer.Text(VaultAnswer.Member(answer.Auth, "client_token")) is not { Length: > 0 } token)
        {
            throw new RootAwayException($"{Name} answered HTTP {(int)answer.Status}{(answer.Error is { } said ? $" ({said})" : "")} to the {mount} login. Check the role, its policies and where it is mounted (Recorder:Vault:LoginMount).");
        }

        var lease = VaultAnswer.Member(answer.Auth, "lease_duration") is { ValueKind: JsonValueKind.Number } seconds && seconds.TryGetInt64(out var s) && s > 0
            ? TimeSpan.FromSeconds(Math.Min(s, (long)LongestLease.TotalSeconds)) * 2 / 3
            : WithoutLease;
        var now = _time.GetUtcNow();
        return (token, now, now + lease);
    }

    private VaultAnswer SendOnce(string path, byte[]? body, string? token)
    {
        // A connection that lay idle may have been closed just now; a second one was not.
        for (var again = true; ; again = false)
        {
            using var request = Request(path, body, token);
            try
            {
                using var response = _client.Send(request, HttpCompletionOption.ResponseContentRead);
                using var stream = response.Content.ReadAsStream();
                using var bytes = new MemoryStream();
                try
                {
                    stream.CopyTo(bytes);
                    return new VaultAnswer(response.StatusCode, bytes.ToArray());
                }
                finally
                {
                    CryptographicOperations.ZeroMemory(bytes.GetBuffer());
                }
            }
            catch (HttpRequestException e) when (again && e.HttpRequestError is HttpRequestError.ResponseEnded or HttpRequestError.Unknown)
            {
                // Once more.
            }
            catch (HttpRequestException e)
            {
                throw new RootAwayException($"{Name} cannot be reached ({e.HttpRequestError}). Is it up, and are address, network and certificate right?", e);
            }
            catch (IOException e)
            {
                throw new RootAwayException($"{Name} broke its answer off. Is it up, and does a proxy stand between?", e);
            }
            catch (OperationCanceledException e)
            {
                throw new RootAwayException($"{Name} did not answer within {_options.Timeout.TotalSeconds} s. Is it up, and is the network well?", e);
            }
        }
    }

    private HttpRequestMessage Request(string path, byte[]? body, string? token)
    {
        var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri($"{_options.Address!.AbsoluteUri.TrimEnd('/')}/v1/{path}"));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        // A listener with require_request_header refuses requests without it (a guard against SSRF).
        request.Headers.TryAddWithoutValidation("X-Vault-Request", "true");
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Vault-Token", token);
        }

        if (_options.Namespace is { } space)
        {
            request.Headers.TryAddWithoutValidation("X-Vault-Namespace", space);
        }

        return request;
    }

    private static string ReadFile(string setting, string path)
    {
        try
        {
            var text = new FileInfo(path).Length <= LongestSecret ? File.ReadAllText(path).Trim() : "";
            return text.Length > 0 && !text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))
                ? text
                : throw new RootAwayException($"Recorder:Vault:{setting} names {path}, which is empty, longer than {LongestSecret} bytes, or more than one word. Put the secret alone into it.");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException)
        {
            throw new RootAwayException($"Recorder:Vault:{setting} names {path}, which cannot be read. Put the secret there, readable by the recorder.", e);
        }
    }
}

using System.Net;
using System.Net.Security;
using System.Text.Json;
using Chaperone.Bus.Tls;
using Chaperone.Edge.Upstream.Credentials;

namespace Chaperone.Edge.Upstream.Secrets;

/// <summary>Asks servers that give out secrets: no redirects, no cookies, no proxies, 10 s, 256 KiB of JSON.</summary>
internal sealed class SecretHttp : IDisposable
{
    private const int MaxBytes = 256 * 1024;
    private const int MaxDepth = 16;
    private readonly HttpClient _client;

    public SecretHttp(string? authorityFile)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ActivityHeadersPropagator = null,
        };
        if (authorityFile is not null)
        {
            handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = new PinnedAuthority(authorityFile).Accepts };
        }

        _client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = MaxBytes };
    }

    /// <summary>The status and the JSON of the answer, null when it has none. <paramref name="who"/> begins the message of a failure.</summary>
    /// <exception cref="CredentialException">It cannot be reached.</exception>
    public async Task<(HttpStatusCode Status, JsonDocument? Answer)> SendAsync(HttpRequestMessage request, string who, CancellationToken cancellationToken)
    {
        using (request)
        {
            try
            {
                using var response = await _client.SendAsync(request, cancellationToken);
                var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
                return (response.StatusCode, Parse(bytes));
            }
            catch (HttpRequestException e)
            {
                throw new CredentialException($"{who} cannot be reached ({e.HttpRequestError}); check address, network and certificate");
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new CredentialException($"{who} did not answer within {_client.Timeout.TotalSeconds} s; check address and network");
            }
        }
    }

    public void Dispose() => _client.Dispose();

    private static JsonDocument? Parse(byte[] bytes)
    {
        try
        {
            return JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = MaxDepth });
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

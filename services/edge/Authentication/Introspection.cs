using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Chaperone.Edge.Upstream.Credentials;
using Chaperone.Edge.Upstream.Secrets;

namespace Chaperone.Edge.Authentication;

/// <summary>Asks an issuer whether a token is active (RFC 7662). No clear answer means that nobody gets in.</summary>
internal sealed class Introspection : IDisposable
{
    private const int MostAtOnce = 32;
    private static readonly TimeSpan LongestQueue = TimeSpan.FromSeconds(2);
    private readonly SecretHttp _http = new(null);
    private readonly SemaphoreSlim _atOnce = new(MostAtOnce, MostAtOnce);
    private readonly IntrospectionOptions _options;
    private readonly SecretTemplate _secret;
    private readonly string _field;

    public Introspection(IssuerOptions issuer)
    {
        _options = issuer.Introspection!;
        _field = $"introspection at {issuer.Name}";
        _secret = SecretTemplate.Parse("Edge:Issuers", "Introspection:ClientSecretFile", $"${{file:{_options.ClientSecretFile}}}");
    }

    /// <summary>What the issuer says of the token; the caller disposes it.</summary>
    /// <param name="token">The token.</param>
    /// <param name="discovered">The endpoint that the discovery document names.</param>
    /// <exception cref="CredentialException">It gave no answer.</exception>
    public async Task<JsonDocument> AskAsync(string token, string? discovered)
    {
        var endpoint = _options.Endpoint ?? (Uri.TryCreate(discovered, UriKind.Absolute, out var named) && EdgeOptionsCheck.IsSafe(named) ? named : null)
            ?? throw new CredentialException($"{_field}: the discovery document names no endpoint; set Introspection:Endpoint");
        if (!await _atOnce.WaitAsync(LongestQueue))
        {
            throw new CredentialException($"{_field}: too many questions wait");
        }

        try
        {
            var (status, answer) = await _http.SendAsync(Request(endpoint, token), _field, CancellationToken.None);
            if (status == HttpStatusCode.OK && answer is { RootElement.ValueKind: JsonValueKind.Object } && answer.RootElement.TryGetProperty("active", out var active) && active.ValueKind is JsonValueKind.True or JsonValueKind.False)
            {
                return answer;
            }

            answer?.Dispose();
            throw new CredentialException($"{_field}: it answered HTTP {(int)status} without saying whether the token is active; check client and secret");
        }
        finally
        {
            _atOnce.Release();
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _atOnce.Dispose();
    }

    private HttpRequestMessage Request(Uri endpoint, string token)
    {
        // RFC 6749, 2.3.1: both are form-encoded before they are joined.
        var pair = $"{WebUtility.UrlEncode(_options.ClientId)}:{WebUtility.UrlEncode(SecretReader.ReadLocal(_secret))}";
        return new HttpRequestMessage(HttpMethod.Post, endpoint)
        {
            Headers =
            {
                Accept = { new MediaTypeWithQualityHeaderValue("application/json") },
                Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(pair))),
            },
            Content = new FormUrlEncodedContent([new("token", token), new("token_type_hint", "access_token")]),
        };
    }
}

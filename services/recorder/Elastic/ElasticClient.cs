using System.Net.Http.Headers;
using System.Text.Json;

namespace Chaperone.Recorder.Elastic;

/// <summary>
/// Speaks to Elasticsearch 7.17, 8 and 9 in the part of its REST API that all three share: plain <c>application/json</c>
/// (the compatibility header would break one of them), no <c>_type</c>, no names of backing indices. Thread-safe.
/// </summary>
/// <param name="http">See <see cref="OutboundHttp.Create"/>.</param>
/// <param name="apiKeyFile">File with the encoded API key; null for none.</param>
/// <param name="timeout">Longest wait for one answer.</param>
/// <param name="time">The clock of that wait.</param>
/// <param name="server">What answers there, for messages.</param>
internal sealed class ElasticClient(HttpClient http, string? apiKeyFile, TimeSpan timeout, TimeProvider time, string server = "Elasticsearch") : IDisposable
{
    private const int LongestKey = 4096;

    private static readonly MediaTypeHeaderValue Json = new("application/json");

    public Task<ElasticAnswer> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, cancellationToken);

    public Task<ElasticAnswer> PutAsync(string path, byte[]? json, CancellationToken cancellationToken) => SendAsync(HttpMethod.Put, path, Content(json), cancellationToken);

    public Task<ElasticAnswer> PostAsync(string path, byte[]? json, CancellationToken cancellationToken) => SendAsync(HttpMethod.Post, path, Content(json), cancellationToken);

    /// <summary>Sends one request and reads the whole answer, whatever its status.</summary>
    /// <exception cref="ElasticException">There is no answer; the fault says whether the request may have had an effect.</exception>
    public async Task<ElasticAnswer> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Accept.ParseAdd("application/json");
        if (apiKeyFile is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("ApiKey", await ReadKeyAsync(apiKeyFile, cancellationToken));
        }

        using var limit = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            using var response = await http.SendAsync(request, either.Token);
            return new ElasticAnswer(response.StatusCode, await ReadAsync(response, either.Token), response.Headers.RetryAfter?.Delta);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ElasticException(ElasticFault.Unsure, $"{server} did not answer within {timeout.TotalSeconds:0} s.");
        }
        catch (HttpRequestException e)
        {
            throw Explain(e);
        }
    }

    public void Dispose() => http.Dispose();

    private static ByteArrayContent? Content(byte[]? json)
    {
        if (json is null)
        {
            return null;
        }

        var content = new ByteArrayContent(json);
        content.Headers.ContentType = Json;
        return content;
    }

    private static async Task<JsonDocument?> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        try
        {
            return bytes.Length == 0 ? null : JsonDocument.Parse(bytes);
        }

        // A proxy's page: the status says enough, and a success without JSON is noticed where it is read.
        catch (JsonException)
        {
            return null;
        }
    }

    private static async ValueTask<string> ReadKeyAsync(string file, CancellationToken cancellationToken)
    {
        try
        {
            var key = (await File.ReadAllTextAsync(file, cancellationToken)).Trim();
            return key.Length is > 0 and <= LongestKey && key.All(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '=' or '-' or '_')
                ? key
                : throw new ElasticException(ElasticFault.Refused, $"{file} does not hold an encoded API key (it has {key.Length} characters): put the 'encoded' value there, alone.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ElasticException(ElasticFault.Refused, $"{file} cannot be read ({e.GetType().Name}): put the encoded API key there, readable for this process.", e);
        }
    }

    // A server that speaks no TLS fails the handshake like one with a wrong certificate, and one that speaks only TLS hangs up on http.
    private ElasticException Explain(HttpRequestException e) => e.HttpRequestError switch
    {
        HttpRequestError.SecureConnectionError => new ElasticException(
            ElasticFault.Unreachable,
            $"No TLS with {server}: its certificate is not trusted or is for another name, or it speaks http. Give the authority's PEM file (Recorder:Elastic:CaFile, or --ca-file), and the name that the certificate is for.",
            e),
        HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.ProxyTunnelError => new ElasticException(
            ElasticFault.Unreachable, $"{server} cannot be reached ({e.HttpRequestError}): check the URL and the network.", e),
        HttpRequestError.ConfigurationLimitExceeded => new ElasticException(ElasticFault.Foreign, $"{server}'s answer is larger than any that was asked for.", e),
        _ => new ElasticException(ElasticFault.Unsure, $"The connection to {server} ended before its answer ({e.HttpRequestError}).{(http.BaseAddress?.Scheme == "http" ? " If it speaks https, say so in the URL." : "")}", e),
    };
}

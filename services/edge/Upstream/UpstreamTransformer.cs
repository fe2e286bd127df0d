using System.Net;
using System.Net.Http.Headers;
using Chaperone.Edge.Upstream.Credentials;
using Yarp.ReverseProxy.Forwarder;

namespace Chaperone.Edge.Upstream;

/// <summary>
/// Builds the upstream request from an allow-list of headers, so that the caller's token, cookies, origin and hop-by-hop
/// headers never get there (invariant 5), and takes the answer out of YARP's hands before any of it is copied.
/// </summary>
internal sealed class UpstreamTransformer(
    HttpRequest client,
    UpstreamServer server,
    CredentialHeader? credential,
    string? upstreamSessionId,
    Func<CancellationToken, Task<CredentialHeader?>>? renew,
    Func<HttpResponseMessage, CancellationToken, Task> receive) : HttpTransformer
{
    private const string ParameterPrefix = "Mcp-Param-";
    private static readonly string[] Forwarded = ["Accept", "MCP-Protocol-Version", "Mcp-Method", "Mcp-Name", "Last-Event-ID", "User-Agent", "traceparent", "tracestate"];

    /// <summary>What went wrong while the answer was read; null if nothing did.</summary>
    public Exception? ReceiveFailure { get; private set; }

    /// <summary>What to show instead, when the upstream refused what was shown; its answer was then not read.</summary>
    public CredentialHeader? Renewed { get; private set; }

    public override ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        proxyRequest.RequestUri = server.Url;
        foreach (var name in Forwarded)
        {
            Copy(proxyRequest, name);
        }

        foreach (var (name, _) in client.Headers)
        {
            if (name.StartsWith(ParameterPrefix, StringComparison.OrdinalIgnoreCase))
            {
                Copy(proxyRequest, name);
            }
        }

        if (upstreamSessionId is not null)
        {
            proxyRequest.Headers.TryAddWithoutValidation("Mcp-Session-Id", upstreamSessionId);
        }

        if (credential is { } shown)
        {
            proxyRequest.Headers.Remove(shown.Name);
            proxyRequest.Headers.TryAddWithoutValidation(shown.Name, shown.Value);
        }

        if (proxyRequest.Content is { } content)
        {
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            content.Headers.ContentLength = httpContext.Request.ContentLength;
        }

        return default;
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        try
        {
            if (proxyResponse?.StatusCode == HttpStatusCode.Unauthorized && renew is not null)
            {
                Renewed = await renew(cancellationToken);
            }

            if (proxyResponse is not null && Renewed is null)
            {
                await receive(proxyResponse, cancellationToken);
            }
        }

        // The upstream's bytes and connection are not ours: whatever they break is an answer withheld, told by the walk.
        catch (Exception e) when (e is IOException or HttpRequestException or InvalidDataException or OperationCanceledException)
        {
            ReceiveFailure = e;
        }

        return false;
    }

    private void Copy(HttpRequestMessage request, string name)
    {
        if (client.Headers.TryGetValue(name, out var values))
        {
            request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
    }
}

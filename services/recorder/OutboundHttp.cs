using System.Net;
using System.Net.Security;
using Chaperone.Bus.Tls;

namespace Chaperone.Recorder;

/// <summary>HTTP to the servers that the recorder tells things: no redirects, no proxy, no cookies, and where a CA file is named no other authority.</summary>
internal static class OutboundHttp
{
    // An answer to the largest request, or a page of 10,000 short hits.
    private const int LargestAnswer = 32 * 1024 * 1024;

    /// <summary>A client whose requests may take any time: callers bound each of them.</summary>
    /// <param name="url">Scheme, host, port, and the path that a proxy in front wants.</param>
    /// <param name="caFile">PEM file with the only authorities to trust; null for the system's.</param>
    public static HttpClient Create(Uri url, string? caFile)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.GZip,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ActivityHeadersPropagator = null,
        };
        if (caFile is not null)
        {
            handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = new PinnedAuthority(caFile).Accepts };
        }

        return new HttpClient(handler)
        {
            BaseAddress = url.AbsoluteUri.EndsWith('/') ? url : new Uri(url.AbsoluteUri + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = LargestAnswer,
        };
    }
}

using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Chaperone.TestKit.Elastic;

/// <summary>Stands before an Elasticsearch, fake or real: keeps what it is sent, and fails as networks and servers do.</summary>
public sealed class ElasticProxy : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false });
    private readonly Uri _target;

    private ElasticProxy(WebApplication app, Uri target) => (_app, _target) = (app, target);

    /// <summary>Where it listens.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>What happens to the next requests; those for which it says nothing pass. Called with method and path, once for each request.</summary>
    public Func<string, ProxyFault?> Fault { get; set; } = _ => null;

    /// <summary>What was asked: method, path and body, in order of arrival.</summary>
    public ConcurrentQueue<(string Request, string Body)> Sent { get; } = new();

    /// <summary>Starts it before <paramref name="target"/>.</summary>
    public static async Task<ElasticProxy> StartAsync(Uri target, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        var app = builder.Build();
        var proxy = new ElasticProxy(app, target);
        app.Run(proxy.PassAsync);
        await app.StartAsync(cancellationToken);
        proxy.Url = new Uri(app.Urls.Single());
        return proxy;
    }

    /// <summary>How many requests there were whose path ends so.</summary>
    public int Count(string ending) => Sent.Count(s => s.Request.EndsWith(ending, StringComparison.Ordinal));

    /// <summary>The next bulk request fails so, and no other.</summary>
    public static Func<string, ProxyFault?> FirstBulk(ProxyFault fault)
    {
        var left = 1;
        return request => request.EndsWith("/_bulk", StringComparison.Ordinal) && Interlocked.Exchange(ref left, 0) == 1 ? fault : null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task PassAsync(HttpContext http)
    {
        using var buffer = new MemoryStream();
        await http.Request.Body.CopyToAsync(buffer);
        var body = buffer.ToArray();
        var name = $"{http.Request.Method} {http.Request.Path}";
        Sent.Enqueue((name, Readable(body, http.Request.Headers.ContentEncoding == "gzip")));
        var fault = Fault(name);
        switch (fault?.Kind)
        {
            case ProxyFaultKind.CutBefore:
                http.Abort();
                return;
            case ProxyFaultKind.Answer:
                http.Response.StatusCode = fault.Status;
                http.Response.Headers.RetryAfter = fault.RetryAfter;
                await http.Response.WriteAsync(fault.Body);
                return;
        }

        using var answer = await ForwardAsync(http.Request, body);
        switch (fault?.Kind)
        {
            case ProxyFaultKind.CutAfter:
                http.Abort();
                return;
            case ProxyFaultKind.Hang:
                fault.Reached.TrySetResult();
                await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
                return;
        }

        http.Response.StatusCode = (int)answer.StatusCode;
        http.Response.ContentType = "application/json";
        await http.Response.Body.WriteAsync(await answer.Content.ReadAsByteArrayAsync());
    }

    private Task<HttpResponseMessage> ForwardAsync(HttpRequest from, byte[] body)
    {
        var request = new HttpRequestMessage(new HttpMethod(from.Method), new Uri(_target, from.Path + from.QueryString));
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body);
        }

        foreach (var (header, values) in from.Headers.Where(h => h.Key is "Content-Type" or "Content-Encoding" or "Authorization" or "Accept"))
        {
            if (!request.Headers.TryAddWithoutValidation(header, (IEnumerable<string?>)values))
            {
                request.Content?.Headers.TryAddWithoutValidation(header, (IEnumerable<string?>)values);
            }
        }

        return _client.SendAsync(request, CancellationToken.None);
    }

    private static string Readable(byte[] body, bool gzip)
    {
        if (!gzip)
        {
            return Encoding.UTF8.GetString(body);
        }

        using var plain = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        using var reader = new StreamReader(plain);
        return reader.ReadToEnd();
    }
}

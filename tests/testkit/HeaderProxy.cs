using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Chaperone.TestKit;

/// <summary>
/// Adds a bearer token for programs that cannot send one (the conformance suite has no header option) and changes nothing else:
/// Host and Origin, streams, and a caller that goes away reach the target as they are.
/// </summary>
public sealed class HeaderProxy : IAsyncDisposable
{
    private static readonly string[] PerConnection = ["Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "Proxy-Connection"];
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _client;
    private readonly Uri _target;
    private readonly string _token;

    private HeaderProxy(WebApplication app, Uri target, string token)
    {
        _app = app;
        _target = target;
        _token = token;
        _client = new HttpMessageInvoker(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, AutomaticDecompression = DecompressionMethods.None, UseProxy = false, ActivityHeadersPropagator = null });
    }

    /// <summary>Where it listens, without a slash at the end.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Starts it on a free loopback port in front of <paramref name="target"/> (scheme, host and port).</summary>
    public static async Task<HeaderProxy> StartAsync(Uri target, string token, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.AllowSynchronousIO = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        var proxy = new HeaderProxy(app, target, token);
        app.Run(proxy.ForwardAsync);
        await app.StartAsync(cancellationToken);
        proxy.Url = new Uri(app.Urls.Single());
        return proxy;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
    }

    private async Task ForwardAsync(HttpContext context)
    {
        var cancelled = context.RequestAborted;
        try
        {
            using var request = Copy(context.Request);
            using var response = await _client.SendAsync(request, cancelled);
            context.Response.StatusCode = (int)response.StatusCode;
            foreach (var header in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated).Where(header => !PerConnection.Contains(header.Key, StringComparer.OrdinalIgnoreCase)))
            {
                context.Response.Headers[header.Key] = header.Value.ToArray();
            }

            await context.Response.StartAsync(cancelled);
            var buffer = new byte[16 * 1024];
            await using var body = await response.Content.ReadAsStreamAsync(cancelled);
            for (var read = await body.ReadAsync(buffer, cancelled); read > 0; read = await body.ReadAsync(buffer, cancelled))
            {
                await context.Response.Body.WriteAsync(buffer.AsMemory(0, read), cancelled);
                await context.Response.Body.FlushAsync(cancelled);
            }
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException)
        {
            // A stream that breaks on one side must break on the other, not end tidily.
            context.Abort();
        }
    }

    private HttpRequestMessage Copy(HttpRequest from)
    {
        var request = new HttpRequestMessage(new HttpMethod(from.Method), new Uri(_target, from.Path + from.QueryString)) { Version = HttpVersion.Version11 };
        if (from.HttpContext.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody is true)
        {
            request.Content = new StreamContent(from.Body);
        }

        foreach (var (name, values) in from.Headers.Where(header => !PerConnection.Contains(header.Key, StringComparer.OrdinalIgnoreCase) && header.Key != "Authorization"))
        {
            if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }

        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {_token}");
        return request;
    }
}

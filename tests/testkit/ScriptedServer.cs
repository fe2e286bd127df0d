using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace Chaperone.TestKit;

/// <summary>A real HTTP server on a loopback port whose answers a test scripts; it keeps what it was sent.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ScriptedServer(WebApplication app) => _app = app;

    /// <summary>Base URL, e.g. <c>http://127.0.0.1:40123</c>.</summary>
    public string Url { get; private set; } = string.Empty;

    /// <summary>Answers each request; by default with an empty JSON-RPC result.</summary>
    public Func<HttpContext, ReceivedRequest, Task> Script { get; set; } = (http, request) => JsonAsync(http, $$$"""{"jsonrpc":"2.0","id":{{{request.Id}}},"result":{}}""");

    /// <summary>All requests so far, in order of arrival.</summary>
    public ConcurrentQueue<ReceivedRequest> Received { get; } = new();

    /// <summary>Starts it; with <paramref name="https"/> it speaks TLS.</summary>
    public static async Task<ScriptedServer> StartAsync(CancellationToken cancellationToken, HttpsConnectionAdapterOptions? https = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        if (https is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.WebHost.ConfigureKestrel(o => o.Listen(IPAddress.Loopback, 0, l => _ = https is null ? l : l.UseHttps(https)));
        var app = builder.Build();
        var server = new ScriptedServer(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync(cancellationToken);
        server.Url = app.Urls.Single();
        return server;
    }

    /// <summary>Answers with JSON.</summary>
    public static Task JsonAsync(HttpContext http, string json, int status = StatusCodes.Status200OK)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/json";
        return http.Response.WriteAsync(json);
    }

    /// <summary>Answers with a stream of ready-made text; each part is flushed.</summary>
    public static async Task StreamAsync(HttpContext http, params string[] parts)
    {
        http.Response.ContentType = "text/event-stream";
        foreach (var part in parts)
        {
            await http.Response.WriteAsync(part);
            await http.Response.Body.FlushAsync();
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        var request = new ReceivedRequest(
            http.Request.Method,
            http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Encoding.UTF8.GetString(body.ToArray()));
        Received.Enqueue(request);
        await Script(http, request);
    }
}

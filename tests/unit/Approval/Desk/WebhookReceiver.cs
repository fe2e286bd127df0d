using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chaperone.Approval.Tests.Desk;

/// <summary>A real HTTP server that takes cards, and answers as the test says.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly Channel<Post> _posts = Channel.CreateUnbounded<Post>();
    private readonly WebApplication _app;
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("chaperone-hook-");

    private WebhookReceiver(WebApplication app) => _app = app;

    public int Answer { get; set; } = 204;

    /// <summary>Seconds of Retry-After; 0: none.</summary>
    public int RetryAfter { get; set; }

    /// <summary>Cards that nobody has looked at.</summary>
    public int Waiting => _posts.Reader.Count;

    /// <summary>Where the sender may make its key.</summary>
    public string KeyFile => Path.Combine(_directory.FullName, "hook.key");

    public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/hook");

    public static async Task<WebhookReceiver> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        var app = builder.Build();
        var receiver = new WebhookReceiver(app);
        app.MapPost("/hook", receiver.TakeAsync);
        await app.StartAsync(cancellationToken);
        return receiver;
    }

    /// <summary>The next card, in order of arrival.</summary>
    public async Task<Post> NextAsync(CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TestKit.TestLimits.Signal);
        return await _posts.Reader.ReadAsync(limit.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        context.Response.StatusCode = Answer;
        if (RetryAfter > 0)
        {
            context.Response.Headers.RetryAfter = $"{RetryAfter}";
        }

        await _posts.Writer.WriteAsync(
            new Post(context.Request.Headers["X-Chaperone-Signature"].ToString(), context.Request.Headers["X-Chaperone-Delivery"].ToString(), body.ToArray()),
            context.RequestAborted);
    }

    internal sealed record Post(string Signature, string Delivery, byte[] Body);
}

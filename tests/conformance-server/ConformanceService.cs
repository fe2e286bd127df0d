using System.Net;
using ModelContextProtocol.AspNetCore;

namespace Chaperone.ConformanceServer;

/// <summary>The upstream of the official conformance suite: every fixture it names. <c>/mcp</c> is stateful (up to 2025-11-25), <c>/stateless</c> serves 2026-07-28.</summary>
public static class ConformanceService
{
    private static readonly string[] LocalNames = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>The process; <c>--urls</c> names the port, and any other address than loopback is refused.</summary>
    /// <exception cref="InvalidOperationException">A URL is not a loopback address.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        RequireLoopback(builder.Configuration["urls"]);
        AddFixtures(builder.Services, HttpServerSessionMode.Stateful);

        var app = builder.Build();
        app.Use(RefuseForeignNames);
        var stateless = StatelessPipeline();
        app.Use((context, next) => context.Request.Path.StartsWithSegments("/stateless") ? stateless(context) : next(context));
        app.MapGet("/health", () => "healthy");
        app.MapMcp("/mcp");
        return app;
    }

    private static void AddFixtures(IServiceCollection services, HttpServerSessionMode mode)
    {
        services.AddDistributedMemoryCache();
        services.AddSingleton<Subscriptions>();
        services.AddSingleton<StateSeal>();
        services
            .AddMcpServer(server => server.ServerInfo = new() { Name = "chaperone-conformance", Version = "1.0.0" })
            .WithHttpTransport(http => http.SessionMode = mode)
            .WithDistributedCacheEventStreamStore()
            .WithTools<ContentTools>()
            .WithTools<StreamTools>()
            .WithTools<ElicitationTools>()
            .WithTools<InputRequiredTools>()
            .WithTools<DiagnosticTools>()
            .WithTools([JsonSchemaTool.Create()])
            .WithPrompts<FixturePrompts>()
            .WithResources<FixtureResources>()
            .WithRequestFilters(filters => filters.AddCallToolFilter(StreamTools.CloseStreamAfterReconnectionTool))
            .WithSubscribeToResourcesHandler(Subscriptions.SubscribeAsync)
            .WithUnsubscribeFromResourcesHandler(Subscriptions.UnsubscribeAsync)
            .WithCompleteHandler(FixtureCompletions.CompleteAsync);
    }

    // One application has one session mode, so the second mode is a second container behind the same listener.
    private static RequestDelegate StatelessPipeline()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        AddFixtures(builder.Services, HttpServerSessionMode.Stateless);
        var inner = builder.Build();
        inner.UseRouting();
        inner.MapMcp("/stateless");
        inner.UseEndpoints(_ => { });
        var pipeline = ((IApplicationBuilder)inner).Build();
        return async context =>
        {
            var outer = context.RequestServices;
            await using var scope = inner.Services.CreateAsyncScope();
            context.RequestServices = scope.ServiceProvider;
            try
            {
                await pipeline(context);
            }
            finally
            {
                context.RequestServices = outer;
            }
        };
    }

    // DNS rebinding: a page of a foreign name that resolves to loopback must get nothing.
    private static Task RefuseForeignNames(HttpContext context, RequestDelegate next)
    {
        var origin = context.Request.Headers.Origin.ToString();
        var originIsLocal = origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && LocalNames.Contains(uri.Host));
        if (!originIsLocal || !LocalNames.Contains(context.Request.Host.Host))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        return next(context);
    }

    private static void RequireLoopback(string? urls)
    {
        foreach (var url in (urls ?? "http://127.0.0.1:5000").Split(';'))
        {
            var host = BindingAddress.Parse(url).Host.Trim('[', ']');
            if (host != "localhost" && !(IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address)))
            {
                throw new InvalidOperationException($"The conformance server is for tests only: --urls {url} is not a loopback address. Use http://127.0.0.1:PORT.");
            }
        }
    }
}

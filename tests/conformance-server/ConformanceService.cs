using Chaperone.Demo;
using ModelContextProtocol.AspNetCore;

namespace Chaperone.ConformanceServer;

/// <summary>The upstream of the official conformance suite: every fixture it names. <c>/mcp</c> is stateful (up to 2025-11-25), <c>/stateless</c> serves 2026-07-28.</summary>
public static class ConformanceService
{
    /// <summary>The process; <c>--urls</c> names the port, and any other address than loopback is refused.</summary>
    /// <exception cref="DemoRefusedException">A URL is not a loopback address.</exception>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.ListenOnLoopback("http://127.0.0.1:7109");
        AddFixtures(builder.Services, HttpServerSessionMode.Stateful);

        var app = builder.Build();
        app.UseLoopbackNames();
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
            .WithDistributedCacheEventStreamStore(store => store.StreamReaderPollingInterval = TimeSpan.FromMilliseconds(20))
            .WithTools<ContentTools>()
            .WithTools<StreamTools>()
            .WithTools<ElicitationTools>()
            .WithTools<InputRequiredTools>()
            .WithTools<DiagnosticTools>()
            .WithTools([JsonSchemaTool.Create()])
            .WithPrompts<FixturePrompts>()
            .WithResources<FixtureResources>()
            .WithSubscribeToResourcesHandler(Subscriptions.SubscribeAsync)
            .WithUnsubscribeFromResourcesHandler(Subscriptions.UnsubscribeAsync)
            .WithCompleteHandler(FixtureCompletions.CompleteAsync);
        services.PostConfigure<HttpServerTransportOptions>(http => http.EventStreamStore = new PatientEventStore(http.EventStreamStore!));
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
}

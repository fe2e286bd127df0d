using Chaperone.Bus;
using Chaperone.Bus.Doors;
using Chaperone.Bus.Health;
using Chaperone.Bus.Signing;
using Chaperone.Contracts;
using Chaperone.Edge.Approvals;
using Chaperone.Edge.Authentication;
using Chaperone.Edge.Decisions;
using Chaperone.Edge.Release;
using Chaperone.Edge.Sessions;
using Chaperone.Edge.Upstream;
using Chaperone.Edge.Upstream.Credentials;
using Chaperone.Edge.Upstream.Secrets;
using Microsoft.Extensions.Options;

namespace Chaperone.Edge;

/// <summary>Wires the edge room.</summary>
public static class EdgeService
{
    /// <summary>The room as a process of its own.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = RoomBuilder.Create(args);
        builder.Services.AddEdge(builder.Configuration);
        builder.Services.AddChaperoneBus(builder.Configuration);
        var app = builder.Build();
        app.MapEdge();
        app.MapChaperoneHealth();
        return app;
    }

    /// <summary>The room's services; <see cref="BusService.AddChaperoneBus"/> comes after all rooms.</summary>
    public static IServiceCollection AddEdge(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<EdgeOptions>().Bind(configuration.GetSection("Edge")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IValidateOptions<EdgeOptions>, EdgeOptionsCheck>();
        services.AddHttpForwarder();

        services.AddAsk<EvaluateCall, CallDecided>(Lane.Hot);
        services.AddAsk<SettleCall, CallSettled>(Lane.Hot);
        services.AddAsk<ReviewList, ListReviewed>(Lane.Hot);
        services.AddAsk<MaskResult, ResultMasked>(Lane.Hot);
        services.AddAsk<RequestApproval, ApprovalStatus>(Lane.Cold);
        services.AddAsk<ClaimApproval, ApprovalClaimed>(Lane.Cold);
        services.AddAsk<WithdrawApproval, ApprovalStatus>(Lane.Cold);
        services.AddSingleton<ApprovalWaits>();
        services.AddHear<ApprovalDecided, ApprovalNews>();
        services.AddHear<SessionEnded, SignOutNews>();
        services.AddAnnounce<SessionEnded>();
        services.AddHear<TaskGiven, TaskNews>();
        services.AddAnnounce<TaskGiven>();

        services.AddPolicySigners(configuration);
        services.AddSingleton<EdgeNumbering>();
        services.AddSingleton<EdgeJournal>().AddHostedService(p => p.GetRequiredService<EdgeJournal>());
        services.AddSingleton<VaultClient>().AddSingleton<SecretReader>().AddSingleton<UpstreamCredentials>();
        services.AddSingleton<UpstreamDirectory>().AddHostedService(p => p.GetRequiredService<UpstreamDirectory>());
        services.AddSingleton<UpstreamForwarder>();
        services.AddSingleton<TokenGate>().AddSingleton<OriginCheck>().AddSingleton<CallerAddress>().AddSingleton<StrangerLimit>().AddSingleton<Challenge>().AddSingleton<EndedSignIns>().AddSingleton<LiveCalls>().AddSingleton<SignOutDoor>().AddSingleton<Doorman>().AddSingleton<BodyReader>();
        services.AddSingleton<EdgeSeal>().AddSingleton<SessionBook>().AddSingleton<TaskBook>().AddSingleton<TaskIds>();
        services.AddSingleton<PolicyDesk>().AddSingleton<ServerRequests>().AddSingleton<AskedIds>();
        services.AddSingleton<ToolSchemas>().AddSingleton<Masking>().AddSingleton<CallUsage>().AddSingleton<Releaser>().AddSingleton<EventIntake>().AddSingleton<AnswerIntake>();
        services.AddSingleton<HeldCalls>().AddSingleton<HeldTasks>().AddSingleton<ToolProbe>().AddSingleton<ToolReview>().AddSingleton<ApprovalHold>();
        services.AddSingleton<EdgeTelemetry>();
        services.AddSingleton<CallPipeline>().AddSingleton<McpEndpoint>();
        services.AddSingleton<Opening>().AddHostedService(p => p.GetRequiredService<Opening>());
        services.AddLimitedDoor(DoorKind.Signature, SignOutDoor.Path).AddLimitedDoor(DoorKind.Public, "/.well-known");
        services.AddRoomCheck("opening", provider => provider.GetRequiredService<Opening>().Problem);
        services.AddRoomCheck("upstreams", provider => provider.GetRequiredService<UpstreamDirectory>().Problem);
        services.AddRoomWarning("credentials", provider => provider.GetRequiredService<UpstreamCredentials>().Problem);
        return services;
    }

    /// <summary>The room's HTTP endpoints.</summary>
    public static WebApplication MapEdge(this WebApplication app)
    {
        // The edge lets callers in by itself: what the console's sign-in would do before each call is not for them.
        app.MapPost("/mcp/{server}", (HttpContext http, string server, McpEndpoint endpoint) => endpoint.PostAsync(http, server)).ShortCircuit();
        app.MapGet("/mcp/{server}", (HttpContext http, string server, McpEndpoint endpoint) => endpoint.GetOrDeleteAsync(http, server));
        app.MapDelete("/mcp/{server}", (HttpContext http, string server, McpEndpoint endpoint) => endpoint.GetOrDeleteAsync(http, server));
        app.MapMethods("/mcp/{server}", [HttpMethods.Options], (HttpContext http, OriginCheck origins) =>
        {
            if (origins.Refuses(http.Request) is not null)
            {
                return Results.StatusCode(StatusCodes.Status403Forbidden);
            }

            origins.AddCors(http);
            return Results.NoContent();
        });
        app.MapPost(SignOutDoor.Path, (HttpContext http, SignOutDoor door) => door.AnswerAsync(http));
        app.MapGet(ResourceMetadata.WellKnown, (IOptions<EdgeOptions> options) => Results.Json(ResourceMetadata.Document(options.Value, null, [])));
        app.MapGet(ResourceMetadata.WellKnown + "/mcp/{server}", (string server, IOptions<EdgeOptions> options, UpstreamDirectory directory) =>
            Results.Json(ResourceMetadata.Document(options.Value, server, directory.Find(server)?.Issuers ?? [])));
        return app;
    }
}

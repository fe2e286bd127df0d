using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Chaperone.Bus;
using Chaperone.Bus.Health;
using Chaperone.Contracts;
using Chaperone.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chaperone.Edge.Tests;

/// <summary>A real edge on a loopback port with a real issuer, a scripted upstream, and rooms that the test plays.</summary>
internal sealed class EdgeWorld : IAsyncDisposable
{
    public static readonly TestPerson Nurse = new("nurse-1", "Nora Nurse", "nurses");
    public static readonly TestPerson Engineer = new("eng-1", "Ed Engineer", "engineers");
    private readonly string _directory = Directory.CreateTempSubdirectory("chaperone-edge").FullName;
    private WebApplication _app = null!;

    public TestIssuer Issuer { get; private set; } = null!;

    public ScriptedServer Upstream { get; private set; } = null!;

    /// <summary>All that the edge logs, of whatever level.</summary>
    public CaughtLogs Logs { get; } = new();

    public PlayedRooms Rooms { get; } = new();

    public HttpClient Client { get; private set; } = null!;

    public string Url { get; private set; } = null!;

    public string PolicyFile => Path.Combine(_directory, "policy.yaml");

    public static async Task<EdgeWorld> StartAsync(CancellationToken cancellationToken, Dictionary<string, string?>? settings = null, string? upstreamUrl = null, string? credential = null, Action<string, Dictionary<string, string?>>? prepare = null, TimeProvider? time = null, Action<PlayedRooms>? play = null)
    {
        var world = new EdgeWorld();
        world.Issuer = await TestIssuer.StartAsync(cancellationToken);
        world.Upstream = await ScriptedServer.StartAsync(cancellationToken);
        await File.WriteAllTextAsync(world.PolicyFile, $$"""
            version: 1
            servers:
              clinic:
                url: {{upstreamUrl ?? world.Upstream.Url + "/mcp"}}
                credential: {{credential ?? "{ header: Authorization, value: \"Bearer upstream-secret\" }"}}
            """, cancellationToken);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(world.Logs).SetMinimumLevel(LogLevel.Trace);
        builder.WebHost.ConfigureKestrel(o => o.Listen(IPAddress.Loopback, 0));
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Edge:PolicyFile"] = world.PolicyFile,
            ["Edge:KeyFile"] = Path.Combine(world._directory, "edge.key"),
            ["Edge:Issuers:0:Authority"] = world.Issuer.Authority,
            ["Edge:Issuers:0:Audience"] = "chaperone",
            ["Edge:LegacyHold"] = "00:00:00.300",
            ["Edge:ModernLeg"] = "00:00:00.300",
            ["Bus:KeyFile"] = Path.Combine(world._directory, "bus.key"),
        });
        var more = new Dictionary<string, string?>(settings ?? []);
        prepare?.Invoke(world.PolicyFile, more);
        builder.Configuration.AddInMemoryCollection(more);
        if (time is not null)
        {
            builder.Services.AddSingleton(time);
        }

        builder.Services.AddEdge(builder.Configuration);
        builder.Services.AddSingleton(world.Rooms);
        builder.Services.AddDoor<EvaluateCall, CallDecided, PlayedPolicy>(Lane.Hot);
        builder.Services.AddDoor<SettleCall, CallSettled, PlayedSettle>(Lane.Hot);
        builder.Services.AddDoor<ReviewList, ListReviewed, PlayedReview>(Lane.Hot);
        builder.Services.AddDoor<MaskResult, ResultMasked, PlayedMasking>(Lane.Hot);
        builder.Services.AddDoor<RequestApproval, ApprovalStatus, PlayedRequest>(Lane.Cold);
        builder.Services.AddDoor<ClaimApproval, ApprovalClaimed, PlayedClaim>(Lane.Cold);
        builder.Services.AddDoor<WithdrawApproval, ApprovalStatus, PlayedWithdraw>(Lane.Cold);
        builder.Services.AddAnnounce<ApprovalDecided>();
        builder.Services.AddRecordKeeper<PlayedRecorder>();
        builder.Services.AddChaperoneBus(builder.Configuration);
        world._app = builder.Build();
        world._app.MapEdge();
        world._app.MapChaperoneHealth();
        play?.Invoke(world.Rooms);
        await world._app.StartAsync(cancellationToken);
        world.Url = world._app.Urls.Single();
        world.Client = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = TestLimits.Signal }) { Timeout = TestLimits.Signal };
        if (play is null)
        {
            await world.OpenedAsync(cancellationToken);
        }

        return world;
    }

    /// <summary>Waits until calls are taken, and forgets what the rooms were asked for that.</summary>
    public async Task OpenedAsync(CancellationToken cancellationToken)
    {
        await Service<Opening>().Opened.WaitAsync(TestLimits.Signal, cancellationToken);
        Rooms.Recorded.Clear();
        Rooms.Reviewed.Clear();
        Rooms.Masked.Clear();
    }

    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Posts <paramref name="body"/> as <paramref name="person"/>.</summary>
    public async Task<Answer> PostAsync(string body, CancellationToken cancellationToken, TestPerson? person = null, string server = "clinic", params (string Name, string Value)[] headers)
    {
        using var request = Request(HttpMethod.Post, body, person ?? Nurse, server, headers);
        using var response = await Client.SendAsync(request, cancellationToken);
        return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken), response.Headers, response.Content.Headers.ContentType?.MediaType);
    }

    public HttpRequestMessage Request(HttpMethod method, string? body, TestPerson? person, string server, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, $"{Url}/mcp/{server}");
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        if (person is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Issuer.Mint(person));
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        await Upstream.DisposeAsync();
        await Issuer.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}

/// <summary>What a client got.</summary>
internal sealed record Answer(int Status, string Body, HttpResponseHeaders Headers, string? MediaType)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public int? ErrorCode => (int?)Json["error"]?["code"];

    public string Text => (string?)Json["result"]?["content"]?[0]?["text"] ?? (string?)Json["error"]?["message"] ?? string.Empty;
}

using System.Net;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.TestKit;
using Chaperone.TestKit.Rooms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Chaperone.Console.Tests;

/// <summary>The console on a loopback port with a real issuer and the real bus; only the rooms behind it are made up.</summary>
public sealed class ConsoleStage : IAsyncDisposable
{
    public static readonly TestPerson Approver = new("p-approver", "Ada Approver", "charge-nurses");
    public static readonly TestPerson Analyst = new("p-analyst", "Alan Analyst", "soc");
    public static readonly TestPerson Admin = new("p-admin", "Ana Admin", "it-admins");
    public static readonly TestPerson Nurse = new("p-nurse", "Nora Nurse", "nurses");

    private readonly WebApplication _app;
    private readonly DirectoryInfo _folder;

    private ConsoleStage(WebApplication app, TestIssuer issuer, FakeRooms rooms, DirectoryInfo folder)
    {
        _app = app;
        _folder = folder;
        Issuer = issuer;
        Rooms = rooms;
        Facts = new RoomFacts(
            app.Services.GetRequiredService<IPayloadSeal>(),
            app.Services.GetRequiredService<TimeProvider>(),
            issuer.Authority);
    }

    public TestIssuer Issuer { get; }

    public FakeRooms Rooms { get; }

    public RoomFacts Facts { get; }

    public IServiceProvider Services => _app.Services;

    public string DataFolder => _folder.FullName;

    public Uri Url => new(_app.Urls.Single());

    public static Task<ConsoleStage> StartAsync(CancellationToken cancellationToken, TimeProvider? time = null, params (string Key, string Value)[] settings) =>
        StartOnAsync((builder, rooms) => rooms.AddTo(builder.Services), cancellationToken, time, settings);

    /// <summary>Beside the rooms that <paramref name="addRooms"/> adds.</summary>
    public static async Task<ConsoleStage> StartOnAsync(
        Action<WebApplicationBuilder, FakeRooms> addRooms, CancellationToken cancellationToken, TimeProvider? time = null, params (string Key, string Value)[] settings)
    {
        var issuer = (await TestIssuer.StartAsync(cancellationToken)).Add(Approver).Add(Analyst).Add(Admin).Add(Nurse);
        var folder = Directory.CreateTempSubdirectory("chaperone-console-");
        var rooms = new FakeRooms();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production", ContentRootPath = folder.FullName });
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(o => o.Listen(IPAddress.Loopback, 0));
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Bus:KeyFile"] = Path.Combine(folder.FullName, "bus.key"),
            ["Console:Authority"] = issuer.Authority,
            ["Console:RequireHttpsMetadata"] = "false",
            ["Console:DataDirectory"] = Path.Combine(folder.FullName, "console"),
            ["Console:ApproverGroups:0"] = "charge-nurses",
            ["Console:AnalystGroups:0"] = "soc",
            ["Console:AdminGroups:0"] = "it-admins",
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value)));
        if (time is not null)
        {
            builder.Services.TryAddSingleton(time);
        }

        builder.Services.AddConsole(builder.Configuration);
        addRooms(builder, rooms);
        builder.Services.AddChaperoneBus(builder.Configuration);
        var app = builder.Build();
        app.MapConsole();

        // Another room of the same process: nothing of the console may touch it.
        app.MapPost("/mcp/clinic", (HttpContext context) => Results.Text(context.User.Identity?.IsAuthenticated == true ? "known" : "unknown"));
        await app.StartAsync(cancellationToken);
        return new ConsoleStage(app, issuer, rooms, folder);
    }

    /// <summary>A browser of its own: cookies kept, redirects followed.</summary>
    public PageReader Browser() => new(Url);

    /// <summary>A browser in which <paramref name="person"/> is signed in.</summary>
    public async Task<PageReader> SignInAsync(TestPerson person, CancellationToken cancellationToken)
    {
        var browser = Browser();
        Issuer.SignedIn = person;
        await browser.GetAsync("/signin/start", cancellationToken);
        Issuer.SignedIn = null;
        return browser;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Issuer.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}

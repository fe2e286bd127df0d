using Chaperone.Approval.Jobs;
using Chaperone.Approval.Slack;
using Chaperone.Approval.Store;
using Chaperone.Approval.Teams;
using Chaperone.Approval.Tests.Desk;
using Chaperone.Contracts;
using Chaperone.TestKit.Teams;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace Chaperone.Approval.Tests.Teams;

/// <summary>The approval room as a real web server, beside a fake Teams.</summary>
internal sealed class TeamsStage : IAsyncDisposable
{
    public const string Channel = "19:approvals@thread.tacv2";
    public const string AnnAccount = "aaaaaaaa-0000-4000-8000-000000000001";

    public static readonly Principal Ann = SignedIn(People.Ann, AnnAccount);

    private readonly List<WebApplication> _rooms = [];

    private TeamsStage(DeskBench bench, FakeTeams teams)
    {
        Bench = bench;
        Teams = teams;
        AnnInTeams = new TeamsPerson(teams, "29:ann", AnnAccount);
    }

    public DeskBench Bench { get; }

    public FakeTeams Teams { get; }

    public TeamsPerson AnnInTeams { get; }

    public IServiceProvider Room => _rooms[^1].Services;

    public ApprovalDesk Desk => Room.GetRequiredService<ApprovalDesk>();

    public Uri Endpoint => new(_rooms[^1].Urls.Single() + BotDoor.Path);

    public Uri SlackEndpoint => new(_rooms[^1].Urls.Single() + SlackDoor.Path);

    public static Task<TeamsStage> StartAsync(IStoreUnderTest store, CancellationToken cancellationToken, params (string Key, string? Value)[] more) =>
        StartAsync(store, DeskBench.NewClock(), cancellationToken, more);

    public static async Task<TeamsStage> StartAsync(
        IStoreUnderTest store, FakeTimeProvider time, CancellationToken cancellationToken, params (string Key, string? Value)[] more)
    {
        var teams = await FakeTeams.StartAsync(time, cancellationToken);
        var bench = await DeskBench.StartAsync(
            store, time, cancellationToken, [.. teams.Settings(Channel), ("Approval:ConsoleUrl", "https://console.example"), .. more]);
        var stage = new TeamsStage(bench, teams);
        await stage.OpenAsync(cancellationToken);
        return stage;
    }

    /// <summary>Starts the room; the one before stays as a crash leaves it.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        Bench.Points.Arm(0);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(Bench.Settings);
        Bench.Register(builder.Services, builder.Configuration, withJobs: false);

        // The test does the jobs' work itself, step by step.
        builder.Services.Remove(builder.Services.Single(s => s.ImplementationType == typeof(ApprovalWork)));
        var app = builder.Build();
        app.MapApproval();
        await app.StartAsync(cancellationToken);
        _rooms.Add(app);
    }

    /// <summary>What the jobs would do now.</summary>
    public async Task WorkAsync(CancellationToken cancellationToken)
    {
        foreach (var work in Room.GetServices<IDueWork>())
        {
            await work.DoDueAsync(null, cancellationToken);
        }
    }

    /// <summary>The person signed in to the console as an approver.</summary>
    public Task SignInAsync(Principal person, CancellationToken cancellationToken, bool present = true) =>
        Room.GetRequiredService<PersonStore>().NoteAsync(
            new NoteApprover { Person = person, Present = present, At = Bench.Time.GetUtcNow() }, cancellationToken);

    /// <summary>The person with the account that Microsoft's sign-in names.</summary>
    public static Principal SignedIn(Principal person, string account) => person with
    {
        Claims = [new PrincipalClaim { Name = "oid", Values = [account] }, new PrincipalClaim { Name = "tid", Values = [FakeTeams.Tenant] }],
    };

    /// <summary>The one card in the channel.</summary>
    public TeamsMessage Card() => Assert.Single(Teams.In(Channel));

    public async ValueTask DisposeAsync()
    {
        foreach (var room in _rooms)
        {
            await room.DisposeAsync();
        }

        AnnInTeams.Dispose();
        await Bench.DisposeAsync();
        await Teams.DisposeAsync();
    }
}

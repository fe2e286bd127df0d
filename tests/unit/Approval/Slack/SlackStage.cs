using Chaperone.Approval.Jobs;
using Chaperone.Approval.Slack;
using Chaperone.Approval.Store;
using Chaperone.Approval.Tests.Desk;
using Chaperone.Contracts;
using Chaperone.TestKit.Slack;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chaperone.Approval.Tests.Slack;

/// <summary>The approval room as a real web server, beside a fake Slack workspace.</summary>
internal sealed class SlackStage : IAsyncDisposable
{
    public const string Channel = "C0APPROVE1";
    public const string AnnId = "U0ANN00001";
    public const string BobId = "U0BOB00001";

    private readonly List<WebApplication> _rooms = [];

    private SlackStage(DeskBench bench, FakeSlack slack)
    {
        Bench = bench;
        Slack = slack;
        Ann = new SlackPerson(slack, AnnId);
        Bob = new SlackPerson(slack, BobId);
    }

    public DeskBench Bench { get; }

    public FakeSlack Slack { get; }

    public SlackPerson Ann { get; }

    public SlackPerson Bob { get; }

    public IServiceProvider Room => _rooms[^1].Services;

    public ApprovalDesk Desk => Room.GetRequiredService<ApprovalDesk>();

    public Uri Endpoint => new(_rooms[^1].Urls.Single() + SlackDoor.Path);

    public static async Task<SlackStage> StartAsync(
        IStoreUnderTest store, CancellationToken cancellationToken, bool socket = false, params (string Key, string? Value)[] more)
    {
        (string, string?)[] settings =
        [
            ("Approval:Slack:BotToken", FakeSlack.BotToken),
            socket ? ("Approval:Slack:AppToken", FakeSlack.AppToken) : ("Approval:Slack:SigningSecret", FakeSlack.SigningSecret),
            ("Approval:Slack:Channel", Channel),
            ("Approval:ConsoleUrl", "https://console.example"),
            .. more,
        ];

        var time = DeskBench.NewClock();
        var slack = await FakeSlack.StartAsync(time, cancellationToken);
        var bench = await DeskBench.StartAsync(store, time, cancellationToken, [.. settings, ("Approval:Slack:ApiUrl", slack.ApiUrl)]);
        slack.Members[AnnId] = new SlackMember(AnnId, "Ann@Clinic.example");
        slack.Members[BobId] = new SlackMember(BobId, "bob@clinic.example");
        var stage = new SlackStage(bench, slack);
        await stage.OpenAsync(cancellationToken);
        return stage;
    }

    /// <summary>Starts the room; the one before stays as a crash leaves it.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken, bool withJobs = false)
    {
        Bench.Points.Arm(0);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(Bench.Settings);
        Bench.Register(builder.Services, builder.Configuration, withJobs);
        if (!withJobs)
        {
            // The test does the jobs' work itself, step by step.
            builder.Services.Remove(builder.Services.Single(s => s.ImplementationType == typeof(ApprovalWork)));
        }

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

    /// <summary>The one card in the channel.</summary>
    public SlackMessage Card() => Assert.Single(Slack.In(Channel));

    public async ValueTask DisposeAsync()
    {
        foreach (var room in _rooms)
        {
            await room.DisposeAsync();
        }

        Ann.Dispose();
        Bob.Dispose();
        await Bench.DisposeAsync();
        await Slack.DisposeAsync();
    }
}

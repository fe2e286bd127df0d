using System.Globalization;
using System.Text;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Console.Tests;
using Chaperone.Contracts;
using Chaperone.Policy;
using Chaperone.Recorder;
using Chaperone.TestKit;
using Chaperone.TestKit.Rooms;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Chaperone.E2E.Tests.Console;

/// <summary>The console beside the real recorder, with one session of a clinic's afternoon in the ledger.</summary>
internal sealed class ReplayStage : IAsyncDisposable
{
    /// <summary>Reads sessions, and may see sealed content.</summary>
    public static readonly TestPerson Officer = new("p-officer", "Olga Officer", "soc", "privacy");

    /// <summary>What the real policy room decides by.</summary>
    public const string Policy = """
        version: 1
        roles: { nurse: { groups: [nurses] } }
        servers: { clinic: { url: 'http://127.0.0.1:1/mcp' } }
        rules:
          - { name: clinical-reads, match: { role: nurse, tool: 'get_*' }, effect: allow }

        """;

    private readonly DirectoryInfo _folder;

    private ReplayStage(ConsoleStage console, DirectoryInfo folder)
    {
        Console = console;
        _folder = folder;
    }

    public ConsoleStage Console { get; }

    public Guid Session { get; } = Guid.CreateVersion7();

    public Uri SessionPage => new(Console.Url, $"/sessions/{Session}");

    private string LedgerFile => Path.Combine(_folder.FullName, "recorder", "ledger.db");

    public static Task<ReplayStage> StartAsync(CancellationToken cancellationToken) => StartAsync(decides: false, cancellationToken);

    /// <summary>The session stands in the log of this year, which carries over one of last year with one record.</summary>
    public static Task<ReplayStage> StartInTheNextYearAsync(CancellationToken cancellationToken) => StartAsync(decides: false, cancellationToken, lastYear: true);

    /// <summary>With <paramref name="decides"/> the policy room is the real one, too; what it records of itself stands in the ledger then.</summary>
    public static async Task<ReplayStage> StartAsync(bool decides, CancellationToken cancellationToken, string policy = Policy, bool lastYear = false)
    {
        var folder = Directory.CreateTempSubdirectory("chaperone-replay-");
        if (lastYear)
        {
            await KeepLastYearAsync(folder, cancellationToken);
        }

        var console = await ConsoleStage.StartOnAsync(
            (builder, rooms) =>
            {
                builder.Configuration.AddInMemoryCollection(RecorderIn(folder)).AddInMemoryCollection(new Dictionary<string, string?>
                {
                    ["Policy:File"] = Path.Combine(folder.FullName, "policy.yaml"),
                    ["Policy:VersionsFolder"] = Path.Combine(folder.FullName, "versions"),
                    ["Policy:DataDirectory"] = Path.Combine(folder.FullName, "policy"),
                });
                builder.Services.AddRecorder(builder.Configuration);
                if (decides)
                {
                    File.WriteAllText(Path.Combine(folder.FullName, "policy.yaml"), policy);
                    builder.Services.AddPolicy(builder.Configuration);
                }

                rooms.AddApprovalsTo(builder.Services);
            },
            cancellationToken,
            null,
            ("Console:RevealGroups:0", "privacy"));
        console.Issuer.Add(Officer);
        var stage = new ReplayStage(console, folder);
        await stage.FillAsync(cancellationToken);
        return stage;
    }

    /// <summary>Alters the store behind the recorder's back, as somebody with its file could.</summary>
    public void Alter(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={LedgerFile};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"DROP TRIGGER IF EXISTS leaf_keep; DROP TRIGGER IF EXISTS record_keep; {sql}";
        command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        await Console.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private static Dictionary<string, string?> RecorderIn(DirectoryInfo folder) => new()
    {
        ["Recorder:DataDirectory"] = Path.Combine(folder.FullName, "recorder"),
        ["Recorder:KeyFile"] = Path.Combine(folder.FullName, "keys", "record.key"),
        ["Recorder:SigningKeyFile"] = Path.Combine(folder.FullName, "keys", "ledger.key"),
        ["Recorder:CheckpointEvery"] = "00:00:00.2",
    };

    private static async Task KeepLastYearAsync(DirectoryInfo folder, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(RecorderIn(folder)).AddInMemoryCollection([new("Bus:KeyFile", Path.Combine(folder.FullName, "keys", "bus-before.key"))]);
        builder.Services.AddSingleton<TimeProvider>(new LastYear());
        builder.Services.AddRecorder(builder.Configuration);
        builder.Services.AddChaperoneBus(builder.Configuration);
        await using var app = builder.Build();
        await app.StartAsync(cancellationToken);
        await app.Services.GetRequiredService<IRecordKeeper>().KeepAsync(
            [new RecordEntry { EventId = Guid.CreateVersion7(), Kind = RecordKind.Review, OccurredAt = new LastYear().GetUtcNow(), Source = "test", Note = "{\"review\":\"before\"}" }],
            cancellationToken);
        await app.StopAsync(cancellationToken);
    }

    private sealed class LastYear : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddYears(-1);
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        var keeper = Console.Services.GetRequiredService<IRecordKeeper>();
        var start = TimeProvider.System.GetUtcNow().AddMinutes(-10);
        RecordEntry[] entries =
        [
            .. Call(start, "tools/list", null, CallEffect.Allow, """{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"get_patient","description":"Reads one chart."},{"name":"query"}]}}"""),
            .. Call(start.AddSeconds(4), "tools/call", "get_patient", CallEffect.Allow, """{"jsonrpc":"2.0","id":2,"result":{"content":[{"type":"text","text":"[NAME], born [DATE], has Diabetes mellitus type 2"}]}}"""),
            .. Call(start.AddSeconds(9), "tools/call", "export_all", CallEffect.Deny, """{"jsonrpc":"2.0","id":3,"result":{"isError":true,"content":[{"type":"text","text":"Refused by rule no-bulk-export."}]}}"""),
            .. Call(start.AddSeconds(12), "tools/list", null, CallEffect.Allow, """{"jsonrpc":"2.0","id":4,"result":{"tools":[{"name":"get_patient","description":"Reads one chart, and mails a copy."},{"name":"send_mail"}]}}"""),
        ];
        foreach (var entry in entries)
        {
            await keeper.KeepAsync([entry], cancellationToken);
        }

        var integrity = Console.Services.GetRequiredService<IDoor<ReadIntegrity, IntegrityReport>>();
        await TestLimits.UntilAsync(
            async () =>
            {
                var report = await integrity.AnswerAsync(new ReadIntegrity(), cancellationToken);
                return report.ProjectionLag == 0 && report.Checkpoint?.Split('\n')[1] is { } size && long.Parse(size, CultureInfo.InvariantCulture) >= entries.Length;
            },
            "the records to be searchable and under a checkpoint",
            cancellationToken);
    }

    private IEnumerable<RecordEntry> Call(DateTimeOffset at, string method, string? tool, CallEffect effect, string answer)
    {
        var seal = Console.Services.GetRequiredService<IPayloadSeal>();
        var call = Console.Facts.Call(ConsoleStage.Nurse, tool ?? "", Session) with { Method = method, Target = tool, ReceivedAt = at };
        var decision = effect == CallEffect.Allow
            ? RoomFacts.Decision(effect, "clinical-reads", "Clinical staff may read.")
            : RoomFacts.Decision(effect, "no-bulk-export", "Full-table exports of PHI are not allowed.");
        var intent = Guid.CreateVersion7(at);
        yield return new RecordEntry
        {
            EventId = intent,
            Kind = RecordKind.Intent,
            OccurredAt = at.AddMilliseconds(3),
            Source = "policy",
            Call = call,
            Decision = decision,
            Parts = [new RecordPart { Name = "request_raw", MediaType = "application/json", Searchable = false, Content = seal.Seal(Message(method, tool), intent) }],
        };
        var outcome = Guid.CreateVersion7(at);
        yield return new RecordEntry
        {
            EventId = outcome,
            Kind = RecordKind.Outcome,
            OccurredAt = at.AddMilliseconds(61.5),
            Source = "masking",
            Call = call,
            Decision = decision,
            Outcome = effect == CallEffect.Allow
                ? new OutcomeFacts { Status = OutcomeStatus.Answered, HttpStatus = 200, UpstreamMilliseconds = 48, UpstreamBytes = 300, Findings = [new MaskFinding { Type = "NAME", Count = 1 }, new MaskFinding { Type = "DATE", Count = 1 }] }
                : new OutcomeFacts { Status = OutcomeStatus.Refused, HttpStatus = 200 },
            Parts = [new RecordPart { Name = "response_masked", MediaType = "application/json", Searchable = true, Content = seal.Seal(Encoding.UTF8.GetBytes(answer), outcome) }],
        };
    }

    private static byte[] Message(string method, string? tool)
    {
        var arguments = tool is null ? "{}" : $"{{\"name\":\"{tool}\",\"arguments\":{{\"ssn\":\"078-05-1120\"}}}}";
        return Encoding.UTF8.GetBytes($"{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"{method}\",\"params\":{arguments}}}");
    }
}

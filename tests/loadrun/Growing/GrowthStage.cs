using System.Globalization;
using Chaperone.TestKit;

namespace Chaperone.LoadRun.Growing;

/// <summary>An issuer, an upstream and a running Chaperone, embedded unless told otherwise, in a folder of their own.</summary>
internal sealed class GrowthStage : IAsyncDisposable
{
    private const int Rounds = 3;
    private const int LongestSeconds = 120;
    private static readonly string Self = typeof(GrowthStage).Assembly.Location;

    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromMinutes(5) };
    private readonly string _directory = Directory.CreateTempSubdirectory("chaperone-growth-").FullName;
    private TestIssuer? _issuer;
    private RoomProcess? _echo;
    private Gateway? _gateway;

    public Gateway Gateway => _gateway!;

    public RoomProcess Echo => _echo!;

    /// <summary>For one person, valid for hours.</summary>
    public string Token { get; private set; } = "";

    /// <summary>Starts all of it; <paramref name="policy"/> is made from the upstream's base URL.</summary>
    public static async Task<GrowthStage> StartAsync(Func<string, string> policy, IReadOnlyDictionary<string, string>? settings = null, GatewayForm form = GatewayForm.Embedded, GatewayExtras? extras = null)
    {
        var stage = new GrowthStage();
        try
        {
            stage._issuer = await TestIssuer.StartAsync(CancellationToken.None);
            stage._echo = RoomProcess.Start("echo", Self, stage._directory, new Dictionary<string, string>(), "echo");
            await stage._echo.ReadyAsync(CancellationToken.None);
            stage._gateway = await Gateway.StartAsync(form, policy(stage._echo.Url), stage._issuer, CancellationToken.None, settings, extras, form == GatewayForm.Embedded ? [Self, "held-host"] : null);
            stage.Token = stage._issuer.Mint(new TestPerson("load", "Load", "engineers"), new TokenShape { Lifetime = TimeSpan.FromHours(12) });
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client of <paramref name="server"/>.</summary>
    public LoadClient Client(string server = "echo", int payloadBytes = 1024, string tool = "echo") => new($"{Gateway.EdgeUrl}/mcp/{server}", Token, payloadBytes: payloadBytes, tool: tool);

    /// <summary>Compiles the hot code: calls that nobody counts.</summary>
    public async Task WarmUpAsync(int calls, string server = "echo")
    {
        Say($"warming up by {calls} calls");
        using var client = Client(server);
        var measured = await client.RunAsync(8, LongestSeconds, calls, () => TimeSpan.Zero);
        Say(FormattableString.Invariant($"warm: {measured.PerSecond:0} calls/s, {measured.Errors} errors {measured.FirstError}"));
    }

    /// <summary>What <paramref name="calls"/> calls a round cost now.</summary>
    public async Task<StepCost> MeasureAsync(string step, LoadClient client, int calls, int connections = 8)
    {
        await client.RunAsync(connections, LongestSeconds, Math.Max(connections, calls / 4), () => TimeSpan.Zero);
        var (cpu, allocated, p50, errors) = (double.MaxValue, double.MaxValue, double.MaxValue, 0);
        for (var round = 0; round < Rounds; round++)
        {
            var before = await UseAsync(live: false);
            var measured = await client.RunAsync(connections, LongestSeconds, calls, () => TimeSpan.Zero);
            var after = await UseAsync(live: false);
            var answered = Math.Max(1, measured.Count);
            errors += measured.Errors;
            cpu = Math.Min(cpu, (after.CpuMilliseconds - before.CpuMilliseconds) * 1000 / answered);
            allocated = Math.Min(allocated, (after.AllocatedBytes - before.AllocatedBytes) / 1024.0 / answered);
            p50 = Math.Min(p50, measured.P50);
            if (measured.Errors > 0)
            {
                Say($"{step}: {measured.Errors} errors, e.g. {measured.FirstError}");
            }
        }

        var live = await UseAsync(live: true);
        var cost = new StepCost(step, cpu, allocated, p50, live.ManagedBytes / 1e6, live.WorkingSet / 1e6, live.Handles, errors);
        Say(FormattableString.Invariant($"{step}: {cost.CpuMicroseconds:0} us, {cost.AllocatedKilobytes:0.0} KB a call; heap {cost.HeapMegabytes:0.0} MB, RAM {cost.RamMegabytes:0} MB, {cost.Handles} handles, {errors} errors"));
        return cost;
    }

    public async Task<ProcessUse> UseAsync(bool live) => (await _http.GetFromJsonAsync<ProcessUse>($"{Gateway.EdgeUrl}{HeldHost.Path}?live={live}"))!;

    public async Task<RecordsUse> RecordsAsync() => (await _http.GetFromJsonAsync<RecordsUse>($"{Gateway.EdgeUrl}{HeldHost.RecordsPath}"))!;

    /// <summary>Fills the ledger by the recorder's own door until it has <paramref name="target"/> records, all searchable, or <paramref name="patience"/> ran out; how many it has.</summary>
    public async Task<long> FillAsync(long target, TimeSpan patience)
    {
        const int Batch = 512;
        using var end = new CancellationTokenSource(patience);
        var now = await RecordsAsync();
        for (var records = now.Records; records < target && !end.IsCancellationRequested; records += Batch)
        {
            using var kept = await _http.PostAsync($"{Gateway.EdgeUrl}{HeldHost.RecordsPath}?count={Math.Min(Batch, target - records)}&from={records}", null);
            kept.EnsureSuccessStatusCode();
            if (records / Batch % 100 == 0)
            {
                Say($"{records} records");
            }
        }

        while ((now = await RecordsAsync()).Lag > 0 && !end.IsCancellationRequested)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(500));
        }

        Say($"{now.Records} records, {now.Lag} not yet searchable");
        return now.Records;
    }

    /// <summary>Puts another policy in force, and waits until a call of <paramref name="server"/> is served under it.</summary>
    public async Task PutPolicyAsync(string policy, string server)
    {
        var beside = Gateway.PolicyFile + ".new";
        await File.WriteAllTextAsync(beside, policy);
        File.Move(beside, Gateway.PolicyFile, overwrite: true);
        using var client = Client(server);
        for (var left = 120; (await client.RunAsync(1, 5, 1, () => TimeSpan.Zero)).Errors > 0; left--)
        {
            if (left == 0)
            {
                throw new TimeoutException($"The policy for {server} is not in force after two minutes:\n{string.Join('\n', Gateway.Rooms[0].Log.Split('\n').TakeLast(10))}");
            }

            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    /// <summary>One line of progress, with the time.</summary>
    public static void Say(string words) => System.Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetLocalNow():HH:mm:ss} {words}"));

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        if (_echo is not null)
        {
            await _echo.DisposeAsync();
        }

        if (_issuer is not null)
        {
            await _issuer.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }
}

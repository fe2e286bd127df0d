using System.Globalization;
using Chaperone.TestKit;

namespace Chaperone.LoadRun;

/// <summary>
/// What one call costs the embedded form's process: processor time, bytes allocated, context switches. It counts calls, not
/// seconds, so that two versions can be compared on a machine that does other work, too.
/// </summary>
internal static class CallCost
{
    private const int LongestSeconds = 120;
    private static readonly string Self = typeof(CallCost).Assembly.Location;

    /// <param name="args">Calls of a round (4,000), connections (16), rounds (3), calls before them (12,000).</param>
    public static async Task<int> RunAsync(string[] args)
    {
        int At(int index, int otherwise) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;
        var (calls, connections, rounds, warm) = (At(0, 4_000), At(1, 16), At(2, 3), At(3, 12_000));
        var directory = Directory.CreateTempSubdirectory("chaperone-cost-").FullName;
        await using var issuer = await TestIssuer.StartAsync(CancellationToken.None);
        await using var echo = RoomProcess.Start("echo", Self, directory, new Dictionary<string, string>(), "echo");
        await echo.ReadyAsync(CancellationToken.None);
        await using var gateway = await Gateway.StartAsync(GatewayForm.Embedded, Comparison.Policy(echo.Url), issuer, CancellationToken.None, host: [Self, "held-host"]);
        var token = issuer.Mint(new TestPerson("load", "Load", "engineers"), new TokenShape { Lifetime = TimeSpan.FromHours(2) });
        using var http = new HttpClient();
        Task<ProcessUse> UseAsync() => http.GetFromJsonAsync<ProcessUse>($"{gateway.EdgeUrl}{HeldHost.Path}?live=false")!;

        using var client = new LoadClient($"{gateway.EdgeUrl}/mcp/echo", token);
        await client.RunAsync(16, LongestSeconds, warm, () => TimeSpan.Zero);
        var errors = 0;
        for (var round = 0; round < rounds; round++)
        {
            var before = await UseAsync();
            System.Console.WriteLine(FormattableString.Invariant($"process {before.ProcessId}: round {round + 1}"));
            var measured = await client.RunAsync(connections, LongestSeconds, calls, () => TimeSpan.Zero);
            var after = await UseAsync();
            errors += measured.Errors;
            System.Console.WriteLine(FormattableString.Invariant(
                $"{(after.CpuMilliseconds - before.CpuMilliseconds) * 1000 / calls:0} us CPU, {(after.AllocatedBytes - before.AllocatedBytes) / 1024.0 / calls:0.0} KB, {(after.ContextSwitches - before.ContextSwitches) / (double)calls:0.0} switches, {(after.PausedMilliseconds - before.PausedMilliseconds) * 1000 / calls:0.0} us GC a call; {after.Collections - before.Collections} GCs, {measured.PerSecond:0} calls/s, p50 {measured.P50:0.00} ms, {measured.Errors} errors {measured.FirstError}"));
        }

        return errors == 0 ? 0 : 1;
    }
}

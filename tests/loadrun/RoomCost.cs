using System.Globalization;
using Chaperone.TestKit;

namespace Chaperone.LoadRun;

/// <summary>What one call costs each process of the RabbitMQ form in processor time, the broker's and the database's aside.</summary>
internal static class RoomCost
{
    private const int LongestSeconds = 120;
    private static readonly string Self = typeof(RoomCost).Assembly.Location;

    /// <param name="args">Calls of a round (4,000), connections (16), rounds (3), calls before them (12,000), processes of each worker (1).</param>
    public static async Task<int> RunAsync(string[] args)
    {
        int At(int index, int otherwise) => args.Length > index ? int.Parse(args[index], CultureInfo.InvariantCulture) : otherwise;
        var (calls, connections, rounds, warm) = (At(0, 4_000), At(1, 16), At(2, 3), At(3, 12_000));
        var directory = Directory.CreateTempSubdirectory("chaperone-cost-").FullName;
        await using var issuer = await TestIssuer.StartAsync(CancellationToken.None);
        await using var echo = RoomProcess.Start("echo", Self, directory, new Dictionary<string, string>(), "echo");
        await echo.ReadyAsync(CancellationToken.None);
        await using var gateway = await Gateway.StartAsync(GatewayForm.RabbitMq, Comparison.Policy(echo.Url), issuer, CancellationToken.None, extras: new GatewayExtras { Replicas = At(4, 1) });
        var token = issuer.Mint(new TestPerson("load", "Load", "engineers"), new TokenShape { Lifetime = TimeSpan.FromHours(2) });
        using var client = new LoadClient($"{gateway.EdgeUrl}/mcp/echo", token);
        var warmed = await client.RunAsync(16, LongestSeconds, warm, () => TimeSpan.Zero);
        System.Console.WriteLine(FormattableString.Invariant($"warm-up: {warmed.PerSecond:0} calls/s, {warmed.Errors} errors"));
        var errors = 0;
        for (var round = 0; round < rounds; round++)
        {
            var before = Times(gateway);
            var measured = await client.RunAsync(connections, LongestSeconds, calls, () => TimeSpan.Zero);
            var after = Times(gateway);
            errors += measured.Errors;
            var rooms = before.Select((t, i) => FormattableString.Invariant($"{gateway.Rooms[i].Name} {(after[i] - t).TotalMicroseconds / calls:0}"));
            System.Console.WriteLine(FormattableString.Invariant(
                $"{measured.PerSecond:0} calls/s, p50 {measured.P50:0.00} ms, p99 {measured.P99:0.00} ms, {measured.Errors} errors {measured.FirstError}; us CPU a call: {string.Join(", ", rooms)}"));
        }

        return errors == 0 ? 0 : 1;
    }

    private static TimeSpan[] Times(Gateway gateway) => [.. gateway.Rooms.Select(r => r.ProcessorTime)];
}

using Chaperone.TestKit;

namespace Chaperone.Faults;

/// <summary>All fault points, in the order of the table.</summary>
internal static class FaultPoints
{
    /// <summary>Those of the short form, which CI runs.</summary>
    public static readonly string[] Short = ["kill -9 of the host", "kill -9 of policy, one of two", "kill -9 of masking, both", "kill -9 of the broker", "kill -9 of the database", "broker cut off"];

    public static IReadOnlyList<FaultPoint> All { get; } =
    [
        Kill("edge", 1) with { Name = "kill -9 of the edge", CutsClients = true },
        Kill("policy", 1),
        Kill("policy", 2),
        Kill("masking", 1),
        Kill("masking", 2),
        Kill("approval", 2),
        Kill("recorder", 1),
        Kill("recorder", 2),
        Kill("console", 1) with { Name = "kill -9 of the console" },
        Frozen("policy"),
        Frozen("masking"),
        Broker("kill -9 of the broker", (b, _) => b.KillAsync(), (b, stop) => b.RestartAsync(stop)),
        Broker("broker frozen (SIGSTOP)", (b, stop) => b.FreezeAsync(stop), (b, stop) => b.ThawAsync(stop)) with { Hold = TimeSpan.FromSeconds(5) },
        Broker(
            "memory alarm of the broker",
            (b, stop) => b.EvaluateAsync("vm_memory_monitor:set_vm_memory_high_watermark(0.0000001).", stop),
            (b, stop) => b.EvaluateAsync("vm_memory_monitor:set_vm_memory_high_watermark(0.4).", stop)),
        Broker(
            "disk alarm of the broker",
            (b, stop) => b.EvaluateAsync("rabbit_disk_monitor:set_disk_free_limit(1000000000000000).", stop),
            (b, stop) => b.EvaluateAsync("rabbit_disk_monitor:set_disk_free_limit(50000000).", stop)),
        Relay("broker cut off", s => s.Gateway.BrokerRelay!, r => r.Cut()),
        Relay("broker half-open", s => s.Gateway.BrokerRelay!, r => r.Silence()) with { Hold = TimeSpan.FromSeconds(6) },
        Relay("broker 100 ms away", s => s.Gateway.BrokerRelay!, r => r.Delay = TimeSpan.FromMilliseconds(100)),
        RecordFaults.Purged(),
        RecordFaults.Repeated(),
        new()
        {
            Name = "kill -9 of the database",
            InjectAsync = (s, _) => s.Gateway.Postgres!.StopHardAsync(),
            MendAsync = (s, stop) => s.Gateway.Postgres!.RestartAsync(stop),
        },
        Relay("database cut off", s => s.Gateway.DatabaseRelay!, r => r.Cut()),
        Relay("database half-open", s => s.Gateway.DatabaseRelay!, r => r.Silence()) with { Hold = TimeSpan.FromSeconds(6) },
        Relay("database 100 ms away", s => s.Gateway.DatabaseRelay!, r => r.Delay = TimeSpan.FromMilliseconds(100)),
        Upstream("upstream breaks the connection", (http, _) =>
        {
            http.Abort();
            return Task.CompletedTask;
        }),
        Upstream("upstream answers half a message", async (http, request) =>
        {
            http.Response.ContentType = "application/json";
            http.Response.ContentLength = 1000;
            await http.Response.WriteAsync($$$"""{"jsonrpc":"2.0","id":{{{request.Id}}},"resu""");
            await http.Response.Body.FlushAsync();
            http.Abort();
        }),
        Crowd(GatewayForm.RabbitMq),
        RunsOut("broker", s => s.Gateway.BrokerFront!),
        RunsOut("database", s => s.Gateway.DatabaseFront!),
        RunsOut("upstream", s => s.Certificates!.UpstreamFront),
        Step("edge", "of the edge", 1),
        Step("edge", "of the edge", -1),
        Step("recorder", "of both recorders", 1),
        Step("recorder", "of both recorders", -1),
        Step(string.Empty, "of all rooms", 1),
        Step(string.Empty, "of all rooms", -1),
        Full(GatewayForm.RabbitMq),
        Upgrades.WorkersFirst(),
        Upgrades.EdgeFirst(),
        new()
        {
            Name = "kill -9 of the host",
            Form = GatewayForm.Embedded,
            CutsClients = true,
            Hold = TimeSpan.FromSeconds(1),
            InjectAsync = (s, _) => s.Gateway.Rooms[0].KillAsync(),
            MendAsync = (s, _) =>
            {
                s.Gateway.Rooms[0].Restart();
                return Task.CompletedTask;
            },
        },
        Crowd(GatewayForm.Embedded),
        Full(GatewayForm.Embedded),
    ];

    private static FaultPoint Kill(string room, int replicas) => new()
    {
        Name = $"kill -9 of {room}, {(replicas == 1 ? "one of two" : "both")}",
        InjectAsync = (s, _) => Task.WhenAll(s.Gateway.Of(room).Take(replicas).Select(r => r.KillAsync())),
        MendAsync = (s, _) =>
        {
            foreach (var killed in s.Gateway.Of(room).Take(replicas))
            {
                killed.Restart();
            }

            return Task.CompletedTask;
        },
    };

    private static FaultPoint Frozen(string room) => new()
    {
        Name = $"{room} frozen (SIGSTOP), one of two",
        InjectAsync = (s, stop) => s.Gateway.Of(room).First().FreezeAsync(stop),
        MendAsync = (s, stop) => s.Gateway.Of(room).First().ThawAsync(stop),
    };

    private static FaultPoint Broker(string name, Func<RabbitMqBroker, CancellationToken, Task> inject, Func<RabbitMqBroker, CancellationToken, Task> mend) => new()
    {
        Name = name,
        InjectAsync = (s, stop) => inject(s.Gateway.Broker!, stop),
        MendAsync = (s, stop) => mend(s.Gateway.Broker!, stop),
    };

    private static FaultPoint Relay(string name, Func<FaultStage, TcpRelay> relay, Action<TcpRelay> fault) => new()
    {
        Name = name,
        InjectAsync = (s, _) =>
        {
            fault(relay(s));
            return Task.CompletedTask;
        },
        MendAsync = (s, _) =>
        {
            relay(s).Mend();
            return Task.CompletedTask;
        },
    };

    private static FaultPoint Upstream(string name, Func<HttpContext, ReceivedRequest, Task> script) => new()
    {
        Name = name,
        Hold = TimeSpan.FromSeconds(1),
        InjectAsync = (s, _) =>
        {
            s.Upstream.Script = script;
            return Task.CompletedTask;
        },
        MendAsync = (s, _) =>
        {
            s.Upstream.Script = FaultStage.EchoAsync;
            return Task.CompletedTask;
        },
    };

    private static FaultPoint Crowd(GatewayForm form) => new()
    {
        Name = "10,000 open connections, 1,000 of them slow-loris",
        Form = form,
        InjectAsync = (s, _) =>
        {
            s.Crowd = new ManyConnections();
            return s.Crowd.OpenAsync(s.Gateway.EdgeUrl, idle: 9000, slow: 1000);
        },
        MendAsync = async (s, _) => await s.Crowd!.DisposeAsync(),
    };

    private static FaultPoint RunsOut(string server, Func<FaultStage, TlsFront> front) => new()
    {
        Name = $"certificate of the {server} runs out, then is renewed",
        Stage = StageKind.Tls,
        InjectAsync = (s, stop) => s.Certificates!.RunOutAsync(front(s), stop),
        MendAsync = (s, _) =>
        {
            s.Certificates!.Renew(front(s));
            return Task.CompletedTask;
        },
    };

    private static FaultPoint Step(string process, string whose, int hours) => new()
    {
        Name = $"clock {whose} an hour {(hours > 0 ? "forward" : "back")}, then right again",
        Stage = StageKind.OwnClocks,
        Hold = TimeSpan.FromSeconds(8),
        InjectAsync = (s, _) =>
        {
            s.Clocks!.Put(process, TimeSpan.FromHours(hours));
            return Task.CompletedTask;
        },
        MendAsync = (s, _) =>
        {
            s.Clocks!.Put(process, TimeSpan.Zero);
            return Task.CompletedTask;
        },
    };

    private static FaultPoint Full(GatewayForm form) => new()
    {
        Name = form == GatewayForm.Embedded ? "disk full" : "disk full, of broker, database and rooms",
        Form = form,
        Stage = StageKind.SmallDisk,
        InjectAsync = (s, _) => s.Disk!.FillAsync(),
        MendAsync = (s, _) =>
        {
            s.Disk!.Free();
            return Task.CompletedTask;
        },
    };
}

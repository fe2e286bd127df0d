using Chaperone.TestKit;

namespace Chaperone.Faults;

/// <summary>A running Chaperone with an upstream, clients, and a reader of its ledger.</summary>
internal sealed class FaultStage : IAsyncDisposable
{
    private static readonly TimeSpan WellAgain = TimeSpan.FromSeconds(60);

    // As shipped, but that gaps and heartbeats come sooner, so that a run need not wait for them.
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["CHAPERONE_Bus__HotTimeout"] = "00:00:02",
        ["CHAPERONE_Bus__JournalTimeout"] = "00:00:02",
        ["CHAPERONE_Edge__RefuseAfter"] = "00:00:02.5",
        ["CHAPERONE_Recorder__GapAfter"] = "00:00:05",
        ["CHAPERONE_Edge__Heartbeat"] = "00:00:02",
    };

    private readonly List<IAsyncDisposable> _parts = [];

    private FaultStage()
    {
    }

    /// <summary>A built checkout of an older version, for upgrades; null where none was given.</summary>
    public static string? OldCheckout { get; set; }

    public SmallDisk? Disk { get; private set; }

    public StageCertificates? Certificates { get; private set; }

    public OwnClocks? Clocks { get; private set; }

    public Gateway Gateway { get; private set; } = null!;

    public ScriptedServer Upstream { get; private set; } = null!;

    public FaultLoad Load { get; private set; } = null!;

    public LedgerBook Ledger { get; private set; } = null!;

    public ManyConnections? Crowd { get; set; }

    public static async Task<FaultStage> StartAsync(GatewayForm form, StageKind kind, CancellationToken cancellationToken)
    {
        var stage = new FaultStage();
        try
        {
            await stage.OpenAsync(form, kind, cancellationToken);
            return stage;
        }

        // Nobody else knows of the processes that run by now.
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until each room says that it is well.</summary>
    /// <exception cref="TimeoutException">One does not.</exception>
    public async Task UntilWellAsync(CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        end.CancelAfter(WellAgain);
        await Task.WhenAll(Gateway.Rooms.Select(r => r.ReadyAsync(end.Token)));
    }

    /// <summary>An upstream that answers each call of <c>echo</c> with what it was told.</summary>
    public static Task EchoAsync(HttpContext http, ReceivedRequest request) => ScriptedServer.JsonAsync(http, request.RpcMethod switch
    {
        "tools/list" => $$$"""{"jsonrpc":"2.0","id":{{{request.Id}}},"result":{"tools":[{"name":"echo","description":"Says what it is told.","inputSchema":{"type":"object","properties":{"message":{"type":"string"} } } }]}}""",
        _ => $$$"""{"jsonrpc":"2.0","id":{{{request.Id}}},"result":{"content":[{"type":"text","text":"all went well"}]}}""",
    });

    public async ValueTask DisposeAsync()
    {
        for (var i = _parts.Count - 1; i >= 0; i--)
        {
            await _parts[i].DisposeAsync();
        }

        Environment.SetEnvironmentVariable("TMPDIR", null);
    }

    private async Task OpenAsync(GatewayForm form, StageKind kind, CancellationToken cancellationToken)
    {
        if (kind == StageKind.SmallDisk)
        {
            Disk = Keep(await SmallDisk.MountAsync());

            // Broker, database and rooms all make their folders here.
            Environment.SetEnvironmentVariable("TMPDIR", Disk.Path);
        }

        var issuer = Keep(await TestIssuer.StartAsync(cancellationToken));
        Upstream = Keep(await ScriptedServer.StartAsync(cancellationToken));
        Upstream.Script = EchoAsync;
        // Good also for a clock that is an hour behind.
        var token = issuer.Mint(new TestPerson("p-load", "Load", "engineers"), new TokenShape { Lifetime = TimeSpan.FromHours(12), NotBefore = TimeSpan.FromHours(-2) });
        var extras = new GatewayExtras { WithRelays = true };
        var upstream = Upstream.Url;
        if (kind == StageKind.Tls)
        {
            Certificates = Keep(new StageCertificates(new Uri(upstream).Port));
            extras = extras with { Certificate = Certificates.Good, AuthorityFile = Certificates.AuthorityFile };
            upstream = $"https://127.0.0.1:{Certificates.UpstreamFront.Port}";
        }
        else if (kind is StageKind.OldRooms or StageKind.OldRoomsAgain)
        {
            extras = extras with { Checkout = OldCheckout };
        }
        else if (kind == StageKind.OwnClocks)
        {
            Clocks = Keep(new OwnClocks());
            extras = extras with { OwnEnvironment = Clocks.EnvironmentOf };
        }

        Gateway = Keep(await Gateway.StartAsync(form, Policy(upstream), issuer, cancellationToken, Settings, extras));
        if (Gateway.Broker is { } broker)
        {
            await broker.SyncMetadataAsync(cancellationToken);
        }

        Load = Keep(new FaultLoad($"{Gateway.EdgeUrl}/mcp/echo", token));
        Ledger = Keep(new LedgerBook(Gateway));
    }

    private T Keep<T>(T part)
        where T : IAsyncDisposable
    {
        _parts.Add(part);
        return part;
    }

    private static string Policy(string upstream) => $$"""
        version: 1
        roles:
          engineer: { groups: [engineers] }
        servers:
          echo: { url: {{upstream}}/mcp }
        rules:
          - { name: echo, match: { role: engineer, server: echo, tool: echo }, effect: allow, masking: safe-harbor }

        """;
}

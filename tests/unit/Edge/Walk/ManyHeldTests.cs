using System.Net;
using System.Net.Sockets;
using System.Text;
using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Edge.Approvals;
using Chaperone.TestKit;

namespace Chaperone.Edge.Tests.Walk;

/// <summary>Many people may wait at once. Alone in its process, because it weighs the heap. What a call costs in a whole gateway: docs/held-calls.md.</summary>
[CollectionDefinition(nameof(ManyHeldTests), DisableParallelization = true)]
[Collection(nameof(ManyHeldTests))]
public sealed class ManyHeldTests
{
    private const int Calls = 500;
    private const int MostBytes = 32 * 1024;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FiveHundredCalls_AreHeldAtOnceInLittleMemory_AndAllEnd()
    {
        await using var world = await EdgeWorld.StartAsync(Token, new() { ["Edge:LegacyHold"] = "1.00:00:00", ["Edge:KeepAlive"] = "00:05:00" });
        world.Rooms.Decide = _ => (CallEffect.Hold, true);
        world.Upstream.Script = (http, r) => ScriptedServer.JsonAsync(
            http,
            r.RpcMethod == "tools/list"
                ? $$"""{"jsonrpc":"2.0","id":{{r.Id}},"result":{"tools":[{"name":"drop","inputSchema":{"type":"object"} }]""" + "}}"
                : $$"""{"jsonrpc":"2.0","id":{{r.Id}},"result":{"content":[{"type":"text","text":"done"}]""" + "}}");
        var held = world.Service<HeldCalls>();
        var state = ApprovalState.Pending;
        world.Rooms.Approve = _ => PlayedRooms.Status(state);
        var token = world.Issuer.Mint(EdgeWorld.Nurse);
        var callers = new List<Socket>();
        try
        {
            // The first ones fill pools and caches.
            await CallAsync(world, token, callers, 50);
            await TestLimits.UntilAsync(() => ValueTask.FromResult(held.Count == 50), "the first calls to be held", Token, TestLimits.Start);
            var before = LiveBytes(world);

            await CallAsync(world, token, callers, Calls);
            await TestLimits.UntilAsync(() => ValueTask.FromResult(held.Count == Calls + 50), "all calls to be held", Token, TestLimits.Start);
            var perCall = (LiveBytes(world) - before) / Calls;
            Assert.InRange(perCall, 0, MostBytes);

            state = ApprovalState.Approved;
            await TestLimits.UntilAsync(
                async () =>
                {
                    await world.Service<IAnnounce<ApprovalDecided>>().AnnounceAsync(new ApprovalDecided { Status = PlayedRooms.Status(state), BindingDigest = "x" }, Token);
                    return held.Count == 0;
                },
                "all calls to be released",
                Token,
                TestLimits.Start);
            foreach (var caller in callers)
            {
                Assert.Contains("\"text\":\"done\"", await ReadAsync(caller), StringComparison.Ordinal);
            }
        }
        finally
        {
            callers.ForEach(c => c.Dispose());
        }
    }

    /// <summary>Callers without any buffers of their own: what is weighed is the edge's.</summary>
    private static async Task CallAsync(EdgeWorld world, string token, List<Socket> callers, int count)
    {
        var address = new Uri(world.Url);
        for (var i = 0; i < count; i++)
        {
            var id = callers.Count;
            var body = Rpc.Call("drop", $$"""{"mrn":"{{id}}","note":"{{new string('.', 1000)}}"}""", id.ToString(System.Globalization.CultureInfo.InvariantCulture));
            var request = $"POST /mcp/clinic HTTP/1.1\r\nHost: {address.Authority}\r\nAuthorization: Bearer {token}\r\nContent-Type: application/json\r\n"
                + $"Accept: application/json, text/event-stream\r\nMCP-Protocol-Version: 2025-11-25\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            callers.Add(socket);
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, address.Port), Token);
            await socket.SendAsync(Encoding.ASCII.GetBytes(request), Token);
        }
    }

    private static async Task<string> ReadAsync(Socket socket)
    {
        await using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(Token);
    }

    /// <summary>What is live in the process without what the played rooms and the test's own servers keep.</summary>
    private static long LiveBytes(EdgeWorld world)
    {
        world.Rooms.Evaluated.Clear();
        world.Rooms.Masked.Clear();
        world.Rooms.Requested.Clear();
        world.Rooms.Recorded.Clear();
        world.Upstream.Received.Clear();
        world.Logs.Lines.Clear();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}

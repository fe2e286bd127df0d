using System.Net;
using Chaperone.Bus;
using Chaperone.TestKit;
using Microsoft.Extensions.Time.Testing;

namespace Chaperone.Edge.Tests;

/// <summary>An edge that cannot record or decide yet is not ready and takes no call; and no sum of slow steps keeps a caller waiting.</summary>
public sealed class OpeningTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("recorder")]
    [InlineData("policy")]
    [InlineData("masking")]
    public async Task Post_WhileARoomIsMissingAtTheStart_IsRefusedAtOnceAndGoesOnceItIsThere(string missing)
    {
        var there = false;
        void Answer(string room)
        {
            if (room == missing && !Volatile.Read(ref there))
            {
                throw new BusUnavailableException($"Nobody answers for {room}.");
            }
        }

        await using var world = await EdgeWorld.StartAsync(Token, play: rooms =>
        {
            rooms.Keep = () => Answer("recorder");
            rooms.Review = answer =>
            {
                Answer("policy");
                return answer;
            };
            rooms.Mask = (_, payload) =>
            {
                Answer("masking");
                return payload;
            };
        });
        var opening = world.Service<Opening>();
        await TestLimits.UntilAsync(() => ValueTask.FromResult(opening.Problem is { } p && (missing == "recorder" ? p.Contains("record", StringComparison.Ordinal) : p.Contains($"for {missing}", StringComparison.Ordinal))), "the edge to say what is missing", Token);

        var refused = await world.PostAsync(Rpc.Call("get"), Token);
        using var notReady = await world.Client.GetAsync($"{world.Url}/health/ready", Token);

        Assert.Equal((503, -32603), (refused.Status, refused.ErrorCode));
        Assert.Contains("not executed", refused.Text, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, notReady.StatusCode);
        Assert.Contains("\"opening\":{\"ok\":false", await notReady.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Empty(world.Rooms.Evaluated);
        Assert.Empty(world.Upstream.Received);

        Volatile.Write(ref there, true);
        await world.OpenedAsync(Token);
        var served = await world.PostAsync(Rpc.Call("get"), Token);
        using var ready = await world.Client.GetAsync($"{world.Url}/health/ready", Token);

        Assert.Equal(200, served.Status);
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
        Assert.Single(world.Upstream.Received);
    }

    /// <summary>Policy, the review of the server's list, policy again: each in its own time, but too slow together. What was decided is recorded all the same.</summary>
    [Fact]
    public async Task Post_OfStepsThatAreSlowTogether_IsStillRecordedAsRefused()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var world = await EdgeWorld.StartAsync(Token, time: time);
        world.Upstream.Script = (http, request) => ScriptedServer.JsonAsync(http, $$$"""{"jsonrpc":"2.0","id":{{{request.Id}}},"result":{"tools":[]}}""");
        world.Rooms.NeedsToolList = call => call.AsksAgain;
        world.Rooms.Decide = _ => (Contracts.CallEffect.Deny, true);
        world.Rooms.Work = () => time.Advance(TimeSpan.FromSeconds(0.8));

        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Equal(200, answer.Status);
        Assert.Contains("Denied by rule", answer.Text, StringComparison.Ordinal);
        Assert.Equal(2, world.Rooms.Evaluated.Count);
        Assert.Single(world.Rooms.Reviewed);
        Assert.Equal(Contracts.OutcomeStatus.Refused, Assert.Single(world.Rooms.Masked).Message.Outcome!.Status);
    }
}

using System.Net;
using System.Net.Http.Headers;
using Chaperone.Edge.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Chaperone.Edge.Tests.Authentication;

/// <summary>Guessing at tokens is bounded for each address, and shuts nobody out who was let in before.</summary>
public sealed class StrangerTests
{
    private static readonly Dictionary<string, string?> Three = new() { ["Edge:RefusalsPerMinute"] = "3" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("Bearer a.b.c")]
    [InlineData("Basic bnVyc2U6bnVyc2U=")]
    public async Task Post_RefusedTooOften_IsToldToWait(string? authorization)
    {
        await using var world = await EdgeWorld.StartAsync(Token, new(Three));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(401, (await PostAsync(world, authorization)).Status);
        }

        var (status, retryAfter) = await PostAsync(world, authorization);

        Assert.Equal(429, status);
        Assert.InRange(retryAfter ?? TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Empty(world.Rooms.Evaluated);
    }

    [Fact]
    public async Task Post_NeighbourGuesses_WhoWasLetInBeforePasses()
    {
        await using var world = await EdgeWorld.StartAsync(Token, new(Three));
        var known = $"Bearer {world.Issuer.Mint(EdgeWorld.Nurse)}";
        Assert.Equal(200, (await PostAsync(world, known)).Status);
        for (var i = 0; i < 4; i++)
        {
            await PostAsync(world, "Bearer a.b.c");
        }

        Assert.Equal(200, (await PostAsync(world, known)).Status);
        Assert.Equal(429, (await PostAsync(world, $"Bearer {world.Issuer.Mint(EdgeWorld.Engineer)}")).Status);
    }

    [Fact]
    public async Task Post_AcceptedCalls_AreNotCounted()
    {
        await using var world = await EdgeWorld.StartAsync(Token, new(Three));
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(200, (await PostAsync(world, $"Bearer {world.Issuer.Mint(EdgeWorld.Nurse)}")).Status);
        }
    }

    [Fact]
    public async Task Logout_RefusedTooOften_IsToldToWait()
    {
        await using var world = await EdgeWorld.StartAsync(Token, new(Three));
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(400, await LogoutAsync(world));
        }

        Assert.Equal(429, await LogoutAsync(world));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", true)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    public void Count_OfOneAddress_StopsItsNetworkOnly(string one, string other, bool stops)
    {
        var options = Options.Create(new EdgeOptions { RefusalsPerMinute = 1 });
        using var limit = new StrangerLimit(options, new CallerAddress(options));
        limit.Count(From(one));

        Assert.NotNull(limit.Wait(From(one)));
        Assert.Equal(stops, limit.Wait(From(other)) is not null);
    }

    [Fact]
    public void Count_WithoutLimit_StopsNobody()
    {
        var options = Options.Create(new EdgeOptions { RefusalsPerMinute = 0 });
        using var limit = new StrangerLimit(options, new CallerAddress(options));
        for (var i = 0; i < 2_000; i++)
        {
            limit.Count(From("192.0.2.1"));
        }

        Assert.Null(limit.Wait(From("192.0.2.1")));
    }

    private static DefaultHttpContext From(string address) => new() { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };

    private static async Task<(int Status, TimeSpan? RetryAfter)> PostAsync(EdgeWorld world, string? authorization)
    {
        using var request = world.Request(HttpMethod.Post, Rpc.Call("get"), null, "clinic");
        request.Headers.Authorization = authorization is null ? null : AuthenticationHeaderValue.Parse(authorization);
        using var response = await world.Client.SendAsync(request, Token);
        return ((int)response.StatusCode, response.Headers.RetryAfter?.Delta);
    }

    private static async Task<int> LogoutAsync(EdgeWorld world)
    {
        using var form = new FormUrlEncodedContent([new("logout_token", "a.b.c")]);
        using var response = await world.Client.PostAsync(new Uri($"{world.Url}{SignOutDoor.Path}"), form, Token);
        return (int)response.StatusCode;
    }
}

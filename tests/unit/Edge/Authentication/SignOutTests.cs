using System.Net.Http.Headers;
using Chaperone.Contracts;
using Chaperone.Edge.Authentication;
using Chaperone.TestKit;
using Microsoft.Extensions.Options;

namespace Chaperone.Edge.Tests.Authentication;

/// <summary>Back-channel logout: tokens of an ended sign-in lose their power at once, and what is under way for them ends.</summary>
public sealed class SignOutTests
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Logout_OfASession_EndsItsTokensAndNoOthers()
    {
        await using var world = await StartAsync();
        var (mine, other) = (Access(world, "s1"), Access(world, "s2"));
        Assert.Equal((200, 200), (await StatusAsync(world, mine), await StatusAsync(world, other)));

        Assert.Equal(200, await LogOutAsync(world, Logout(world, ("sid", "s1"), ("sub", null))));

        Assert.Equal((401, 200), (await StatusAsync(world, mine), await StatusAsync(world, other)));
        Assert.Contains(world.Rooms.Recorded, r => r is { Kind: RecordKind.Session, Source: "edge" });
    }

    /// <summary>A sign-out of the person ends all that was issued before; who signs in again gets in.</summary>
    [Fact]
    public async Task Logout_OfAPerson_EndsWhatWasIssuedBefore()
    {
        await using var world = await StartAsync();
        var later = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 3;
        var (before, after) = (Access(world, "s1"), Access(world, "s1", ("iat", later)));

        Assert.Equal(200, await LogOutAsync(world, Logout(world)));

        Assert.Equal((401, 200), (await StatusAsync(world, before), await StatusAsync(world, after)));
        Assert.Equal(200, (await world.PostAsync(Rpc.Call("get"), Token, EdgeWorld.Engineer)).Status);
    }

    /// <summary>Where tokens name no session, a sign-out of one session ends the person's tokens: too many rather than too few.</summary>
    [Fact]
    public async Task Logout_OfASession_EndsTokensThatNameNone()
    {
        await using var world = await StartAsync();
        var token = Access(world, null);

        Assert.Equal(200, await LogOutAsync(world, Logout(world, ("sid", "s1"))));

        Assert.Equal(401, await StatusAsync(world, token));
    }

    [Fact]
    public async Task Logout_WhileACallIsHeld_EndsItAndWithdrawsTheRequest()
    {
        await using var world = await StartAsync(new() { ["Edge:LegacyHold"] = "00:05:00" });
        world.Rooms.Decide = _ => (CallEffect.Hold, true);
        world.Upstream.Script = (http, request) => ScriptedServer.JsonAsync(http, """{"jsonrpc":"2.0","id":0,"result":{"tools":[{"name":"drop","inputSchema":{"type":"object"}}]}}""");
        using var request = world.Request(HttpMethod.Post, Rpc.Call("drop"), null, "clinic");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Access(world, "s1"));
        var held = world.Client.SendAsync(request, HttpCompletionOption.ResponseContentRead, Token);
        await TestLimits.UntilAsync(() => ValueTask.FromResult(!world.Rooms.Requested.IsEmpty), "the request for approval", Token);

        Assert.Equal(200, await LogOutAsync(world, Logout(world, ("sid", "s1"))));

        await Assert.ThrowsAsync<HttpRequestException>(() => held);
        await TestLimits.UntilAsync(() => ValueTask.FromResult(!world.Rooms.Withdrawn.IsEmpty), "the withdrawal", Token);
        Assert.Empty(world.Rooms.Claimed);
    }

    public static TheoryData<string> Wrong => ["audience", "type", "no-event", "nonce", "no-jti", "nobody", "no-iat", "future", "foreign-key", "none", "other-issuer", "expired", "access-token", "garbage"];

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Logout_WrongToken_Is400AndEndsNothing(string wrong)
    {
        await using var world = await StartAsync();
        var token = Access(world, "s1");
        var shape = new TokenShape { Type = "logout+jwt", Audience = "desk" };
        var logout = wrong switch
        {
            "audience" => world.Issuer.Mint(EdgeWorld.Nurse, shape with { Audience = "other", Claims = Claims() }),
            "type" => world.Issuer.Mint(EdgeWorld.Nurse, shape with { Type = "at+jwt", Claims = Claims() }),
            "no-event" => Logout(world, ("events", null)),
            "nonce" => Logout(world, ("nonce", "n")),
            "no-jti" => Logout(world, ("jti", null)),
            "nobody" => Logout(world, ("sub", null)),
            "no-iat" => Logout(world, ("iat", null)),
            "future" => Logout(world, ("iat", TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 300)),
            "foreign-key" => world.Issuer.Mint(EdgeWorld.Nurse, shape with { ForeignKey = true, Claims = Claims() }),
            "none" => world.Issuer.Mint(EdgeWorld.Nurse, shape with { Algorithm = TokenAlgorithm.None, Claims = Claims() }),
            "other-issuer" => world.Issuer.Mint(EdgeWorld.Nurse, shape with { Issuer = "https://other.example", Claims = Claims() }),
            "expired" => world.Issuer.Mint(EdgeWorld.Nurse, shape with { Lifetime = TimeSpan.FromMinutes(-5), NotBefore = TimeSpan.FromMinutes(-9), Claims = Claims() }),
            "access-token" => token,
            _ => "a.b.c",
        };

        Assert.Equal(400, await LogOutAsync(world, logout));
        Assert.Equal(200, await StatusAsync(world, token));
    }

    [Fact]
    public async Task Logout_NoClientNamed_CountsNowhere()
    {
        await using var world = await EdgeWorld.StartAsync(Token);

        Assert.Equal(400, await LogOutAsync(world, Logout(world)));
    }

    /// <summary>A token that outlives the memory of sign-outs is refused.</summary>
    [Fact]
    public async Task Post_TokenOfMoreThanADay_IsRefused()
    {
        await using var world = await StartAsync();

        Assert.Equal(401, await StatusAsync(world, world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape { Lifetime = TimeSpan.FromHours(25) })));
    }

    /// <summary>A restart lets nobody in again.</summary>
    [Fact]
    public void Ended_AfterARestart_IsRemembered()
    {
        var folder = Directory.CreateTempSubdirectory("chaperone-ended-");
        try
        {
            var options = Options.Create(new EdgeOptions { KeyFile = Path.Combine(folder.FullName, "edge.key") });
            var verdict = TokenVerdict.Accepted(new Principal { Issuer = "https://i.example", Subject = "ann", Groups = [], ClientId = "c" }, new HashSet<string>()) with { SessionId = "s1" };
            new EndedSignIns(options, TimeProvider.System).End(new SessionEnded { Keys = EndedSignIns.KeysOf("https://i.example", "s1", "ann"), At = DateTimeOffset.UnixEpoch });

            var again = new EndedSignIns(options, TimeProvider.System);

            Assert.True(again.Has(verdict));
            Assert.False(again.Has(verdict with { SessionId = "s2" }));
            Assert.DoesNotContain("ann", File.ReadAllText(Assert.Single(folder.GetFiles()).FullName), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<EdgeWorld> StartAsync(Dictionary<string, string?>? settings = null) =>
        EdgeWorld.StartAsync(Token, new(settings ?? []) { ["Edge:Issuers:0:SignOutAudiences:0"] = "desk" });

    private static string Access(EdgeWorld world, string? session, params (string Name, object? Value)[] more) =>
        world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape { Claims = more.Append(("sid", session)).ToDictionary(c => c.Item1, c => c.Item2) });

    private static string Logout(EdgeWorld world, params (string Name, object? Value)[] more) =>
        world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape { Type = "logout+jwt", Audience = "desk", Claims = Claims(more) });

    private static Dictionary<string, object?> Claims(params (string Name, object? Value)[] more)
    {
        var claims = new Dictionary<string, object?> { ["events"] = new Dictionary<string, object> { [Event] = new Dictionary<string, object>() } };
        foreach (var (name, value) in more)
        {
            claims[name] = value;
        }

        return claims;
    }

    private static async Task<int> LogOutAsync(EdgeWorld world, string token)
    {
        using var response = await world.Client.PostAsync(world.Url + "/backchannel-logout", new FormUrlEncodedContent([new("logout_token", token)]), Token);
        return (int)response.StatusCode;
    }

    private static async Task<int> StatusAsync(EdgeWorld world, string token)
    {
        using var request = world.Request(HttpMethod.Post, Rpc.Call("get"), null, "clinic");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await world.Client.SendAsync(request, Token);
        return (int)response.StatusCode;
    }
}

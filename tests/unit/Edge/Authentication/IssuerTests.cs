using System.Net.Http.Headers;
using Chaperone.TestKit;
using Microsoft.Extensions.Options;

namespace Chaperone.Edge.Tests.Authentication;

/// <summary>Issuers: which server trusts which, tokens for one server alone, and keys that change or cannot be fetched.</summary>
public sealed class IssuerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A partner's issuer lets its people in where a server trusts it, and nowhere else.</summary>
    [Fact]
    public async Task Post_IssuerThatTheServerDoesNotName_IsRefusedThere()
    {
        await using var partner = await TestIssuer.StartAsync(Token);
        await using var world = await EdgeWorld.StartAsync(Token, WithPartner(partner), prepare: (file, _) =>
            File.AppendAllText(file, $"\n  images: {{ url: \"http://127.0.0.1:1/mcp\", issuers: {partner.Authority} }}"));

        Assert.Equal(200, await StatusAsync(world, "clinic", world.Issuer.Mint(EdgeWorld.Nurse)));
        Assert.Equal(200, await StatusAsync(world, "clinic", partner.Mint(EdgeWorld.Nurse)));
        Assert.Equal(401, await StatusAsync(world, "images", world.Issuer.Mint(EdgeWorld.Nurse)));
        Assert.NotEqual(401, await StatusAsync(world, "images", partner.Mint(EdgeWorld.Nurse)));
        Assert.Equal(3, world.Rooms.Evaluated.Count);
        var metadata = await world.Client.GetStringAsync(world.Url + "/.well-known/oauth-protected-resource/mcp/images", Token);
        Assert.Contains(partner.Authority, metadata, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Issuer.Authority, metadata, StringComparison.Ordinal);
    }

    /// <summary>One partner must not speak for another: a token counts under the issuer whose keys signed it.</summary>
    [Fact]
    public async Task Post_TokenInAnotherIssuersName_IsRefused()
    {
        await using var partner = await TestIssuer.StartAsync(Token);
        await using var world = await EdgeWorld.StartAsync(Token, WithPartner(partner));

        Assert.Equal(401, await StatusAsync(world, "clinic", partner.Mint(EdgeWorld.Nurse, new TokenShape { Issuer = world.Issuer.Authority })));
    }

    [Fact]
    public async Task Start_ServerNamesAnIssuerNobodyKnows_IsRefusedWithTheRemedy()
    {
        var problem = await Assert.ThrowsAsync<InvalidDataException>(() => EdgeWorld.StartAsync(Token, prepare: (file, _) =>
            File.AppendAllText(file, "\n  images: { url: \"http://127.0.0.1:1/mcp\", issuers: [\"https://other.example\"] }")));

        Assert.Contains("servers.images.issuers names https://other.example", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_IssuerNamedTwice_IsRefused()
    {
        var problem = await Assert.ThrowsAsync<OptionsValidationException>(async () =>
        {
            await using var partner = await TestIssuer.StartAsync(Token);
            await EdgeWorld.StartAsync(Token, new(WithPartner(partner)) { ["Edge:Issuers:2:Authority"] = partner.Authority });
        });

        Assert.Contains("name each issuer once", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>The sum must be more than the longest step, or an answer is withheld whose masking was just in time.</summary>
    [Fact]
    public async Task Start_RefusesSoonerThanAStepMayTake_IsRefused()
    {
        var problem = await Assert.ThrowsAsync<OptionsValidationException>(() => EdgeWorld.StartAsync(Token, new() { ["Bus:HotTimeout"] = "00:00:03", ["Edge:RefuseAfter"] = "00:00:03" }));

        Assert.Contains("Edge:RefuseAfter is 00:00:03; make it longer than Bus:HotTimeout", problem.Message, StringComparison.Ordinal);
    }

    /// <summary>RFC 8707: a token asked for one server is good there alone, also if that server is curious and replays it.</summary>
    [Fact]
    public async Task Post_TokenForOneServer_IsRefusedAtAnother()
    {
        await using var world = await EdgeWorld.StartAsync(Token, new() { ["Edge:Issuers:0:Audience"] = null }, prepare: (file, _) =>
            File.AppendAllText(file, "\n  images: { url: \"http://127.0.0.1:1/mcp\" }"));
        var token = world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape { Audience = "http://127.0.0.1:7100/mcp/clinic" });

        Assert.Equal(200, await StatusAsync(world, "clinic", token));
        Assert.Equal(401, await StatusAsync(world, "images", token));
        Assert.Equal(401, await StatusAsync(world, "clinic", world.Issuer.Mint(EdgeWorld.Nurse)));
        Assert.Single(world.Rooms.Evaluated);
    }

    [Fact]
    public async Task Post_AfterRotation_TakesTheNewKeyAndNotTheOld()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        var old = world.Issuer.Mint(EdgeWorld.Nurse);
        Assert.Equal(200, await StatusAsync(world, "clinic", world.Issuer.Mint(EdgeWorld.Nurse)));

        world.Issuer.RotateKeys();

        await TestLimits.UntilAsync(async () => await StatusAsync(world, "clinic", world.Issuer.Mint(EdgeWorld.Nurse)) == 200, "the new key", Token);
        Assert.Equal(401, await StatusAsync(world, "clinic", old));
    }

    /// <summary>Forged key ids must not make the gateway hammer the issuer.</summary>
    [Fact]
    public async Task Post_ManyUnknownKeyIds_AskTheIssuerRarely()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        Assert.Equal(200, await StatusAsync(world, "clinic", world.Issuer.Mint(EdgeWorld.Nurse)));

        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(401, await StatusAsync(world, "clinic", world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape { KeyId = $"forged-{i}" })));
        }

        Assert.InRange(world.Issuer.KeysAsked, 1, 10);
    }

    /// <summary>The keys that are known go on working while the issuer is down, and nobody gets in on others.</summary>
    [Fact]
    public async Task Post_KeysCannotBeFetchedAnyMore_KnownOnesGoOn()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        Assert.Equal(200, await StatusAsync(world, "clinic", world.Issuer.Mint(EdgeWorld.Nurse)));
        world.Issuer.BeforeKeys = () => throw new InvalidOperationException("down");

        Assert.Equal(200, await StatusAsync(world, "clinic", world.Issuer.Mint(EdgeWorld.Engineer)));
        Assert.Equal(401, await StatusAsync(world, "clinic", world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape { ForeignKey = true, KeyId = "ec-9" })));
    }

    /// <summary>An issuer that never answers: the caller is told so, and others of another issuer are not kept waiting.</summary>
    [Fact]
    public async Task Post_SlowKeys_AreUnavailableAndHoldUpNobodyElse()
    {
        var never = new TaskCompletionSource();
        await using var partner = await TestIssuer.StartAsync(Token);
        partner.BeforeKeys = () => never.Task;
        await using var world = await EdgeWorld.StartAsync(Token, WithPartner(partner));

        var slow = StatusAsync(world, "clinic", partner.Mint(EdgeWorld.Nurse));
        Assert.Equal(200, await StatusAsync(world, "clinic", world.Issuer.Mint(EdgeWorld.Nurse)));
        Assert.False(slow.IsCompleted);
        Assert.Equal(503, await slow);
        never.SetResult();
    }

    /// <summary>An issuer that fails once and then answers turns nobody away for it.</summary>
    [Fact]
    public async Task Post_KeysFailOnce_AreAskedForAgain()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        world.Issuer.BeforeKeys = () =>
        {
            world.Issuer.BeforeKeys = () => Task.CompletedTask;
            throw new InvalidOperationException("once");
        };

        await TestLimits.UntilAsync(
            async () =>
            {
                var status = await StatusAsync(world, "clinic", world.Issuer.Mint(EdgeWorld.Nurse));
                Assert.NotEqual(401, status);
                return status == 200;
            },
            "the keys",
            Token);
    }

    /// <summary>Clocks differ a little; more than 30 s is expired.</summary>
    [Theory]
    [InlineData(-20, 200)]
    [InlineData(-60, 401)]
    public async Task Post_ClockSkew_IsHalfAMinute(int seconds, int status)
    {
        await using var world = await EdgeWorld.StartAsync(Token);

        Assert.Equal(status, await StatusAsync(world, "clinic", world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape { Lifetime = TimeSpan.FromSeconds(seconds), NotBefore = TimeSpan.FromMinutes(-9) })));
    }

    private static Dictionary<string, string?> WithPartner(TestIssuer partner) => new()
    {
        ["Edge:Issuers:1:Authority"] = partner.Authority,
        ["Edge:Issuers:1:Audience"] = "chaperone",
    };

    private static async Task<int> StatusAsync(EdgeWorld world, string server, string token)
    {
        using var request = world.Request(HttpMethod.Post, Rpc.Call("get"), null, server);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await world.Client.SendAsync(request, Token);
        return (int)response.StatusCode;
    }
}

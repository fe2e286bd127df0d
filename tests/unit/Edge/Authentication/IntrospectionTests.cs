using System.Net.Http.Headers;
using Chaperone.TestKit;
using Microsoft.Extensions.Options;

namespace Chaperone.Edge.Tests.Authentication;

/// <summary>Introspection: revoked tokens lose their power soon, opaque ones are taken from the one issuer that may issue them, and no answer means no.</summary>
public sealed class IntrospectionTests : IDisposable
{
    private readonly string _secretFile = Path.GetTempFileName();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => File.Delete(_secretFile);

    [Fact]
    public async Task Post_RevokedToken_IsRefusedOnceTheAnswerIsOld()
    {
        await using var world = await StartAsync(new() { ["Edge:Issuers:0:Introspection:CacheFor"] = "00:00:01" });
        var token = world.Issuer.Mint(EdgeWorld.Nurse);
        world.Issuer.Introspection.Tell(token, new Dictionary<string, object?>());
        Assert.Equal(200, await StatusAsync(world, token));

        world.Issuer.Introspection.Revoke(token);

        await TestLimits.UntilAsync(async () => await StatusAsync(world, token) == 401, "the revocation", Token);
    }

    [Fact]
    public async Task Post_SameTokenAgain_IsNotAskedAboutAgain()
    {
        await using var world = await StartAsync();
        var token = world.Issuer.Mint(EdgeWorld.Nurse);
        world.Issuer.Introspection.Tell(token, new Dictionary<string, object?>());

        Assert.Equal(200, await StatusAsync(world, token));
        Assert.Equal(200, await StatusAsync(world, token));

        Assert.Equal(1, world.Issuer.Introspection.Asked);
    }

    /// <summary>A token that does not verify is nobody's business: the issuer is not asked.</summary>
    [Fact]
    public async Task Post_ForgedToken_IsRefusedWithoutAsking()
    {
        await using var world = await StartAsync();
        var token = world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape { ForeignKey = true });
        world.Issuer.Introspection.Tell(token, new Dictionary<string, object?>());

        Assert.Equal(401, await StatusAsync(world, token));
        Assert.Equal(0, world.Issuer.Introspection.Asked);
    }

    [Theory]
    [InlineData(500, "{}")]
    [InlineData(200, "not json")]
    [InlineData(200, "[]")]
    [InlineData(200, "{}")]
    [InlineData(200, "{\"active\":\"true\"}")]
    [InlineData(302, "{\"active\":true}")]
    public async Task Post_NoClearAnswer_IsUnavailable(int status, string body)
    {
        await using var world = await StartAsync();
        world.Issuer.Introspection.Instead = (status, body);

        Assert.Equal(503, await StatusAsync(world, world.Issuer.Mint(EdgeWorld.Nurse)));
        Assert.Empty(world.Rooms.Evaluated);
    }

    [Fact]
    public async Task Post_WrongClientSecret_IsUnavailableAndSaysNoSecret()
    {
        await using var world = await StartAsync();
        await File.WriteAllTextAsync(_secretFile, "canary-wrong", Token);

        Assert.Equal(503, await StatusAsync(world, world.Issuer.Mint(EdgeWorld.Nurse)));
        Assert.DoesNotContain(world.Logs.Lines, l => l.Contains("canary", StringComparison.Ordinal));
        Assert.Contains(world.Logs.Lines, l => l.Contains("HTTP 401", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Post_OpaqueToken_TellsPolicyWhoCalls()
    {
        await using var world = await StartAsync();
        world.Issuer.Introspection.Tell("opaque-1", Claims(("username", "Nora"), ("acr", "gold"), ("token_type", "Bearer")));

        Assert.Equal(200, await StatusAsync(world, "opaque-1"));
        var principal = Assert.Single(world.Rooms.Evaluated).Call.Principal;
        Assert.Equal((world.Issuer.Authority, "nurse-1", "app", "Nora", "gold"), (principal.Issuer, principal.Subject, principal.ClientId, principal.Name, principal.AuthenticationClass));
        Assert.Equal(["nurses"], principal.Groups);
        Assert.False(principal.IsService);
    }

    /// <summary>A program's opaque token need not have a subject; it is the client's own.</summary>
    [Fact]
    public async Task Post_OpaqueTokenOfAProgram_IsAService()
    {
        await using var world = await StartAsync();
        world.Issuer.Introspection.Tell("opaque-2", Claims(("sub", null)));

        Assert.Equal(200, await StatusAsync(world, "opaque-2"));
        var principal = Assert.Single(world.Rooms.Evaluated).Call.Principal;
        Assert.Equal(("app", true), (principal.Subject, principal.IsService));
    }

    public static TheoryData<string> WrongOpaque => ["unknown", "aud", "no-aud", "iss", "expired", "early", "refresh", "refresh-keycloak", "bound"];

    [Theory]
    [MemberData(nameof(WrongOpaque))]
    public async Task Post_WrongOpaqueToken_Is401(string wrong)
    {
        await using var world = await StartAsync();
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        IReadOnlyDictionary<string, object?> claims = wrong switch
        {
            "aud" => Claims(("aud", new[] { "other", "third" })),
            "no-aud" => Claims(("aud", null)),
            "iss" => Claims(("iss", "https://other.example")),
            "expired" => Claims(("exp", now - 60)),
            "early" => Claims(("nbf", now + 300)),
            "refresh" => Claims(("token_type", "refresh_token")),
            "refresh-keycloak" => Claims(("typ", "Refresh")),
            _ => Claims(("cnf", new Dictionary<string, string> { ["jkt"] = "x" })),
        };
        if (wrong != "unknown")
        {
            world.Issuer.Introspection.Tell("opaque-3", claims);
        }

        Assert.Equal(401, await StatusAsync(world, "opaque-3"));
        Assert.Empty(world.Rooms.Evaluated);
    }

    /// <summary>A token that another issuer signed is not shown to the issuer of opaque ones.</summary>
    [Fact]
    public async Task Post_ForeignJwt_IsNotShownToTheIssuer()
    {
        await using var world = await StartAsync();

        Assert.Equal(401, await StatusAsync(world, world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape { Issuer = "https://other.example" })));
        Assert.Equal(0, world.Issuer.Introspection.Asked);
    }

    [Fact]
    public async Task Start_OpaqueTokensOfTwoIssuers_AreRefused()
    {
        var problem = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(new()
        {
            ["Edge:Issuers:1:Authority"] = "https://other.example",
            ["Edge:Issuers:1:Introspection:ClientId"] = "c",
            ["Edge:Issuers:1:Introspection:ClientSecretFile"] = "/f",
            ["Edge:Issuers:1:Introspection:Endpoint"] = "http://other.example/introspect",
            ["Edge:Issuers:1:Introspection:OpaqueTokens"] = "true",
        }));

        Assert.Contains("set it for one", problem.Message, StringComparison.Ordinal);
        Assert.Contains("Edge:Issuers:1:Introspection:Endpoint is", problem.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, object?> Claims(params (string Name, object? Value)[] others)
    {
        var claims = new Dictionary<string, object?>
        {
            ["sub"] = "nurse-1",
            ["client_id"] = "app",
            ["aud"] = "chaperone",
            ["groups"] = new[] { "nurses" },
            ["exp"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() + 600,
        };
        foreach (var (name, value) in others)
        {
            claims[name] = value;
        }

        return claims.Where(c => c.Value is not null).ToDictionary(c => c.Key, c => c.Value);
    }

    private static async Task<int> StatusAsync(EdgeWorld world, string token)
    {
        using var request = world.Request(HttpMethod.Post, Rpc.Call("get"), null, "clinic");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await world.Client.SendAsync(request, Token);
        return (int)response.StatusCode;
    }

    private async Task<EdgeWorld> StartAsync(Dictionary<string, string?>? settings = null)
    {
        var book = new TokenBook();
        await File.WriteAllTextAsync(_secretFile, book.ClientSecret + "\n", Token);
        var all = new Dictionary<string, string?>
        {
            ["Edge:Issuers:0:Introspection:ClientId"] = book.ClientId,
            ["Edge:Issuers:0:Introspection:ClientSecretFile"] = _secretFile,
            ["Edge:Issuers:0:Introspection:OpaqueTokens"] = "true",
        };
        foreach (var (name, value) in settings ?? [])
        {
            all[name] = value;
        }

        return await EdgeWorld.StartAsync(Token, all);
    }
}

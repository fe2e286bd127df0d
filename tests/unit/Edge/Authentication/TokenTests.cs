using System.Net.Http.Headers;
using Chaperone.TestKit;

namespace Chaperone.Edge.Tests.Authentication;

/// <summary>Tokens: only what the issuer signed for this audience, now, with an allowed algorithm.</summary>
public sealed class TokenTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Forgeries => ["expired", "early", "audience", "issuer", "foreign-key", "none", "hmac", "no-sub", "no-exp", "type", "id-token", "security-event", "key-id", "key-bound", "garbage", "empty"];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task Post_ForgedToken_Is401WithMetadata(string forgery)
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        var token = forgery switch
        {
            "expired" => world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape { Lifetime = TimeSpan.FromMinutes(-5), NotBefore = TimeSpan.FromMinutes(-10) }),
            "early" => world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape { NotBefore = TimeSpan.FromMinutes(5) }),
            "audience" => world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape { Audience = "other" }),
            "issuer" => world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape { Issuer = "https://other.example" }),
            "foreign-key" => world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape { ForeignKey = true }),
            "none" => world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape { Algorithm = TokenAlgorithm.None }),
            "hmac" => world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape { Algorithm = TokenAlgorithm.HS256WithPublicKey }),
            "no-sub" => world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape { Claims = new Dictionary<string, object?> { ["sub"] = null } }),
            "no-exp" => world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape { Claims = new Dictionary<string, object?> { ["exp"] = null } }),
            "type" => world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape { Type = "logout+jwt" }),
            "id-token" => world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape { Type = "JWT", Claims = new Dictionary<string, object?> { ["at_hash"] = "AAAA" } }),
            "security-event" => world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape { Claims = new Dictionary<string, object?> { ["events"] = new Dictionary<string, object>() } }),
            "key-id" => world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape { KeyId = "ec-0" }),
            "key-bound" => world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape { Claims = new Dictionary<string, object?> { ["cnf"] = new Dictionary<string, object> { ["jkt"] = "x" } } }),
            "garbage" => "a.b.c",
            _ => " ",
        };
        using var request = world.Request(HttpMethod.Post, Rpc.Call("get"), null, "clinic");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");

        using var response = await world.Client.SendAsync(request, Token);

        Assert.Equal(401, (int)response.StatusCode);
        Assert.Contains("resource_metadata=", Assert.Single(response.Headers.WwwAuthenticate).Parameter, StringComparison.Ordinal);
        Assert.Empty(world.Rooms.Evaluated);
        Assert.DoesNotContain(token.Trim().Length > 8 ? token : "\u0000", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(TokenAlgorithm.ES256)]
    [InlineData(TokenAlgorithm.RS256)]
    public async Task Post_HonestToken_TellsPolicyWhoCalls(TokenAlgorithm algorithm)
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        using var request = world.Request(HttpMethod.Post, Rpc.Call("get"), null, "clinic");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape { Algorithm = algorithm }));

        using var response = await world.Client.SendAsync(request, Token);

        Assert.Equal(200, (int)response.StatusCode);
        var principal = Assert.Single(world.Rooms.Evaluated).Call.Principal;
        Assert.Equal((world.Issuer.Authority, "nurse-1", "test-client"), (principal.Issuer, principal.Subject, principal.ClientId));
        Assert.Equal(["nurses"], principal.Groups);
        Assert.Equal("nurse-1@example.test", principal.Email);
    }

    [Fact]
    public async Task Post_GroupsInNestedClaim_AreRead()
    {
        await using var world = await EdgeWorld.StartAsync(Token, new() { ["Edge:Issuers:0:GroupsClaim"] = "realm_access.roles" });
        using var request = world.Request(HttpMethod.Post, Rpc.Call("get"), null, "clinic");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape
        {
            Claims = new Dictionary<string, object?> { ["realm_access"] = new Dictionary<string, object> { ["roles"] = new[] { "ward-3" } } },
        }));

        using var response = await world.Client.SendAsync(request, Token);

        Assert.Equal(["ward-3"], Assert.Single(world.Rooms.Evaluated).Call.Principal.Groups);
    }

    /// <summary>Rules may ask how somebody signed in, whether it is a program, and for claims that the operator names.</summary>
    [Fact]
    public async Task Post_ProofAndClaims_AreRead()
    {
        await using var world = await EdgeWorld.StartAsync(Token, new() { ["Edge:Issuers:0:Claims:0"] = "department", ["Edge:Issuers:0:Claims:1"] = "work.site", ["Edge:Issuers:0:Claims:2"] = "absent" });
        using var request = world.Request(HttpMethod.Post, Rpc.Call("get"), null, "clinic");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape
        {
            Claims = new Dictionary<string, object?>
            {
                ["amr"] = new[] { "pwd", "mfa" },
                ["acr"] = "loa2",
                ["department"] = new[] { "icu", "er" },
                ["work"] = new Dictionary<string, object> { ["site"] = 7 },
                ["salary"] = "secret",
            },
        }));

        using var response = await world.Client.SendAsync(request, Token);

        var principal = Assert.Single(world.Rooms.Evaluated).Call.Principal;
        Assert.Equal(["pwd", "mfa"], principal.AuthenticationMethods);
        Assert.Equal("loa2", principal.AuthenticationClass);
        Assert.False(principal.IsService);
        Assert.Equal(["department=icu,er", "work.site=7"], principal.Claims.Select(c => $"{c.Name}={string.Join(',', c.Values)}"));
    }

    [Theory]
    [InlineData("sub", "test-client", true)]
    [InlineData("idtyp", "app", true)]
    [InlineData("gty", "client-credentials", true)]
    [InlineData("preferred_username", "service-account-batch", true)]
    [InlineData("preferred_username", "ann", false)]
    public async Task Post_TokenOfAProgram_IsKnownAsAService(string claim, string value, bool service)
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        using var request = world.Request(HttpMethod.Post, Rpc.Call("get"), null, "clinic");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape { Claims = new Dictionary<string, object?> { [claim] = value } }));

        using var response = await world.Client.SendAsync(request, Token);

        Assert.Equal(service, Assert.Single(world.Rooms.Evaluated).Call.Principal.IsService);
    }

    /// <summary>Anybody can write X-Forwarded-For: it counts only behind a trusted proxy, and there only from the right.</summary>
    [Theory]
    [InlineData(null, "203.0.113.9", "127.0.0.1")]
    [InlineData("192.0.2.0/24", "203.0.113.9", "127.0.0.1")]
    [InlineData("127.0.0.1", "203.0.113.9", "203.0.113.9")]
    [InlineData("127.0.0.1", "10.9.9.9, 203.0.113.9", "203.0.113.9")]
    [InlineData("127.0.0.0/8", "203.0.113.9, 127.0.0.7", "203.0.113.9")]
    [InlineData("127.0.0.1", "203.0.113.9, nonsense", null)]
    [InlineData("127.0.0.1", "", "127.0.0.1")]
    public async Task Post_ForwardedFor_CountsOnlyBehindATrustedProxy(string? proxy, string header, string? address)
    {
        await using var world = await EdgeWorld.StartAsync(Token, proxy is null ? [] : new() { ["Edge:TrustedProxies:0"] = proxy });
        using var request = world.Request(HttpMethod.Post, Rpc.Call("get"), null, "clinic");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", world.Issuer.Mint(EdgeWorld.Nurse));
        if (header.Length > 0)
        {
            request.Headers.Add("X-Forwarded-For", header);
        }

        using var response = await world.Client.SendAsync(request, Token);

        Assert.Equal(address, Assert.Single(world.Rooms.Evaluated).Call.RemoteAddress);
    }

    [Fact]
    public async Task Post_NoToken_NamesWhereToGetOne()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        using var request = world.Request(HttpMethod.Post, Rpc.Call("get"), null, "clinic");

        using var response = await world.Client.SendAsync(request, Token);

        Assert.Equal(401, (int)response.StatusCode);
        var challenge = Assert.Single(response.Headers.WwwAuthenticate).Parameter!;
        Assert.DoesNotContain("error=", challenge, StringComparison.Ordinal);
        var metadata = await world.Client.GetStringAsync(world.Url + "/.well-known/oauth-protected-resource/mcp/clinic", Token);
        Assert.Contains(world.Issuer.Authority, metadata, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_MissingScope_GetsOneChallengeWithAllScopes()
    {
        await using var world = await EdgeWorld.StartAsync(Token, new() { ["Edge:RequiredScopes:0"] = "mcp:read", ["Edge:RequiredScopes:1"] = "mcp:write" });

        var answer = await world.PostAsync(Rpc.Call("get"), Token);

        Assert.Equal(403, answer.Status);
        Assert.Contains("scope=\"mcp:read mcp:write\"", Assert.Single(answer.Headers.WwwAuthenticate).Parameter, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_IssuerDown_IsUnavailableNotForbidden()
    {
        var dead = $"http://127.0.0.1:{PrivatePorts.Take()}";
        await using var world = await EdgeWorld.StartAsync(Token, new() { ["Edge:Issuers:0:Authority"] = dead });
        using var request = world.Request(HttpMethod.Post, Rpc.Call("get"), null, "clinic");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", world.Issuer.Mint(EdgeWorld.Nurse, new TokenShape { Issuer = dead }));

        using var response = await world.Client.SendAsync(request, Token);

        Assert.Equal(503, (int)response.StatusCode);
        Assert.Empty(world.Rooms.Evaluated);
    }
}

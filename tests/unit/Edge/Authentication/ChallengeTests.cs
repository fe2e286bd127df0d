using Chaperone.Contracts;

namespace Chaperone.Edge.Tests.Authentication;

/// <summary>A good token of too little power: the client is told what to ask its issuer for, once and completely.</summary>
public sealed class ChallengeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Post_StrongerSignInNeeded_Is401WithClassAndAge()
    {
        await using var world = await StartAsync(new ProofNeeded { SignIn = true, AuthenticationClasses = ["gold", "diamond"], MaxAgeSeconds = 900, Scopes = ["orders"] });

        var answer = await world.PostAsync(Rpc.Call("order_lab"), Token);

        var challenge = Assert.Single(answer.Headers.WwwAuthenticate).Parameter!;
        Assert.Equal(401, answer.Status);
        Assert.Contains("error=\"insufficient_user_authentication\"", challenge, StringComparison.Ordinal);
        Assert.Contains("acr_values=\"gold diamond\", max_age=\"900\"", challenge, StringComparison.Ordinal);
        Assert.Contains("scope=\"base orders\"", challenge, StringComparison.Ordinal);
        Assert.Contains("resource_metadata=", challenge, StringComparison.Ordinal);
        Assert.Empty(world.Upstream.Received);
        Assert.Equal(OutcomeStatus.Refused, world.Rooms.Masked.Last().Message.Outcome!.Status);
    }

    [Fact]
    public async Task Post_ScopeNeeded_Is403WithAllScopes()
    {
        await using var world = await StartAsync(new ProofNeeded { SignIn = false, AuthenticationClasses = [], Scopes = ["orders", "patients"] });

        var answer = await world.PostAsync(Rpc.Call("order_lab"), Token);

        var challenge = Assert.Single(answer.Headers.WwwAuthenticate).Parameter!;
        Assert.Equal(403, answer.Status);
        Assert.Contains("error=\"insufficient_scope\"", challenge, StringComparison.Ordinal);
        Assert.Contains("scope=\"base orders patients\"", challenge, StringComparison.Ordinal);
        Assert.DoesNotContain("acr_values", challenge, StringComparison.Ordinal);
    }

    /// <summary>What policy is told of the token, so that rules can ask for it.</summary>
    [Fact]
    public async Task Post_ScopesAndTimeOfSignIn_AreRead()
    {
        await using var world = await EdgeWorld.StartAsync(Token);
        using var request = world.Request(HttpMethod.Post, Rpc.Call("get"), null, "clinic");
        var token = world.Issuer.Mint(EdgeWorld.Nurse, new TestKit.TokenShape { Scope = "orders patients", Claims = new Dictionary<string, object?> { ["auth_time"] = 86_400 } });
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");

        using var response = await world.Client.SendAsync(request, Token);

        var principal = Assert.Single(world.Rooms.Evaluated).Call.Principal;
        Assert.Equal(["orders", "patients"], principal.Scopes);
        Assert.Equal(DateTimeOffset.UnixEpoch.AddDays(1), principal.AuthenticatedAt);
    }

    private static async Task<EdgeWorld> StartAsync(ProofNeeded needs)
    {
        var world = await EdgeWorld.StartAsync(Token, new() { ["Edge:RequiredScopes:0"] = "base" });
        world.Issuer.DefaultScope = "base";
        world.Rooms.Decide = _ => (CallEffect.Deny, true);
        world.Rooms.Needs = needs;
        return world;
    }
}

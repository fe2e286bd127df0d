using Chaperone.Contracts;
using Chaperone.Edge.Upstream.Credentials;
using Chaperone.Edge.Upstream.Secrets;
using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;

namespace Chaperone.Edge.Tests.Upstream;

public sealed class LeaseTests
{
    private readonly FakeTimeProvider _time = new();
    private int _fetches;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task GetAsync_WithinTheLease_FetchesOnce()
    {
        var keeper = new LeaseKeeper<string>(FetchAsync, _time);

        Assert.Equal("1", await keeper.GetAsync(Token));
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Equal("1", await keeper.GetAsync(Token));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("2", await keeper.GetAsync(Token));
    }

    /// <summary>What is held costs nothing more: the answer is there at once.</summary>
    [Fact]
    public async Task GetAsync_Held_CompletesAtOnce()
    {
        var keeper = new LeaseKeeper<string>(FetchAsync, _time);
        await keeper.GetAsync(Token);

        var again = keeper.GetAsync(Token).AsTask();

        Assert.True(again.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task GetAsync_AfterFailures_WaitsLongerEachTime()
    {
        var keeper = new LeaseKeeper<string>(_ => Task.FromException<Leased<string>>(new CredentialException($"failure {++_fetches}")), _time);

        foreach (var pause in (int[])[1, 2, 4, 8, 16, 32, 60, 60])
        {
            var before = _fetches;
            await Assert.ThrowsAsync<CredentialException>(async () => await keeper.GetAsync(Token));
            Assert.Equal(before + 1, _fetches);
            _time.Advance(TimeSpan.FromSeconds(pause) - TimeSpan.FromMilliseconds(1));
            var again = await Assert.ThrowsAsync<CredentialException>(async () => await keeper.GetAsync(Token));
            Assert.Equal($"failure {before + 1}", again.Message);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }
    }

    [Fact]
    public async Task GetAsync_OneCallerLeaves_TheOthersStillGetIt()
    {
        var source = new TaskCompletionSource<Leased<string>>();
        var keeper = new LeaseKeeper<string>(_ => source.Task, _time);
        using var leaving = new CancellationTokenSource();
        var left = keeper.GetAsync(leaving.Token).AsTask();
        var stayed = keeper.GetAsync(Token).AsTask();

        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        source.SetResult(new("value", _time.GetUtcNow() + TimeSpan.FromSeconds(1)));

        Assert.Equal("value", await stayed);
    }

    [Fact]
    public async Task TryDrop_RefusedAgainAndAgain_IsDoneOnceIn5Seconds()
    {
        var keeper = new LeaseKeeper<string>(FetchAsync, _time);

        Assert.True(keeper.TryDrop(await keeper.GetAsync(Token)));
        Assert.False(keeper.TryDrop(await keeper.GetAsync(Token)));
        Assert.True(keeper.TryDrop("1"));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(keeper.TryDrop(await keeper.GetAsync(Token)));
    }

    [Fact]
    public void Get_ManyKeys_StaysBounded()
    {
        var book = new LeaseBook<string>(_time);

        for (var i = 0; i < (LeaseBook<string>.Most * 2) + 5; i++)
        {
            book.Get($"{i}", FetchAsync);
        }

        Assert.InRange(book.Count, 1, LeaseBook<string>.Most);
    }

    /// <summary>An exchanged token is never kept beyond the life of the caller's own, nor found by another token of theirs.</summary>
    [Fact]
    public async Task ForAsync_CallersTokenEnds_TheExchangedOneIsForgotten()
    {
        await using var issuer = await TestKit.TestIssuer.StartAsync(Token, _time);
        await using var tokens = await TestKit.TokenServer.StartAsync(Token);
        var secret = SecretTemplate.Parse(string.Empty, "secret", tokens.ClientSecret);
        var terms = new CredentialTerms { Server = "clinic", Kind = CredentialKind.TokenExchange, Token = new TokenTerms { Endpoint = new Uri(tokens.Url), ClientId = tokens.ClientId, ClientSecret = secret } };
        using var http = new SecretHttp(null);
        using var vault = new VaultClient(Microsoft.Extensions.Options.Options.Create(new EdgeOptions()), _time);
        var credential = new ExchangedCredential(terms, new TokenEndpoint("field", terms.Token, new SecretReader(vault), http, _time), _time);
        var principal = new Principal { Issuer = issuer.Authority, Subject = "nurse-1", Groups = [], ClientId = "c" };
        var caller = new UpstreamCaller(principal, "Bearer " + issuer.Mint(EdgeWorld.Nurse, new TestKit.TokenShape { Lifetime = TimeSpan.FromMinutes(5) }));

        var first = await credential.ForAsync(caller, Token);
        _time.Advance(TimeSpan.FromMinutes(4.5));
        var second = await credential.ForAsync(caller, Token);
        var other = await credential.ForAsync(new UpstreamCaller(principal, "Bearer " + issuer.Mint(EdgeWorld.Nurse)), Token);
        _time.Advance(TimeSpan.FromMinutes(0.5));
        var third = await credential.ForAsync(caller, Token);

        Assert.Equal(first.Value, second.Value);
        Assert.NotEqual(first.Value, other.Value);
        Assert.NotEqual(first.Value, third.Value);
    }

    /// <summary>Whatever a caller is called, their name is one segment of a path, and nobody else's.</summary>
    [Property]
    public bool Escape_AnyTwoNames_AreOneSegmentAndDiffer(string one, string other)
    {
        string a, b;
        try
        {
            (a, b) = (CallerPath.Escape(one ?? string.Empty), CallerPath.Escape(other ?? string.Empty));
        }

        // Half a surrogate pair is no name, and is refused.
        catch (System.Text.EncoderFallbackException)
        {
            return true;
        }

        return a.All(c => char.IsAsciiLetterOrDigit(c) || "_-@.=".Contains(c, StringComparison.Ordinal))
            && !a.Contains("..", StringComparison.Ordinal) && a != "."
            && (one ?? string.Empty) == (other ?? string.Empty) == (a == b);
    }

    private Task<Leased<string>> FetchAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new Leased<string>($"{++_fetches}", _time.GetUtcNow() + TimeSpan.FromSeconds(10)));
}

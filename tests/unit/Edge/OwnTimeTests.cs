using Chaperone.Bus;
using Microsoft.Extensions.Time.Testing;

namespace Chaperone.Edge.Tests;

/// <summary>The sum of what the gateway does for one call is bounded, whatever its steps are.</summary>
public sealed class OwnTimeTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan LongestAsk = TimeSpan.FromSeconds(2);
    private readonly FakeTimeProvider _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ask_AfterASlowOne_GetsOnlyWhatIsLeft()
    {
        var own = new OwnTime(Limit, LongestAsk, _time);
        await own.AskAsync(new Takes(_time, LongestAsk), "first", Token);
        var second = own.AskAsync(new Never(), "second", Token).AsTask();

        _time.Advance(TimeSpan.FromSeconds(0.49));
        Assert.False(second.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.01));

        var refusal = await Assert.ThrowsAsync<BusUnavailableException>(() => second);
        Assert.Contains("2.5 s", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_WhenTheTimeIsOver_IsNotAskedAtAll()
    {
        var own = new OwnTime(Limit, LongestAsk, _time);
        _time.Advance(Limit);
        var ask = new Takes(_time, TimeSpan.Zero);

        await Assert.ThrowsAsync<BusUnavailableException>(() => own.AskAsync(ask, "late", Token).AsTask());

        Assert.Equal(0, ask.Asked);
    }

    /// <summary>What happened is recorded however late it is.</summary>
    [Fact]
    public async Task Ask_LastWords_GetHalfASecondAtLeast()
    {
        var own = new OwnTime(Limit, LongestAsk, _time);
        _time.Advance(Limit * 3);

        Assert.Equal("outcome", await own.AskAsync(new Takes(_time, TimeSpan.FromSeconds(0.49), waits: true), "outcome", Token, last: true));
        await Assert.ThrowsAsync<BusUnavailableException>(() => own.AskAsync(new Takes(_time, TimeSpan.FromSeconds(0.5), waits: true), "outcome", Token, last: true).AsTask());
    }

    /// <summary>The cold lane's own limit is longer than what is left.</summary>
    [Fact]
    public async Task Ask_OverTheColdLane_IsBoundedFromTheFirstMoment()
    {
        var own = new OwnTime(Limit, LongestAsk, _time);
        var asked = own.AskAsync(new Never(), "approval", Token, cold: true).AsTask();

        _time.Advance(Limit);

        await Assert.ThrowsAsync<BusUnavailableException>(() => asked);
    }

    /// <summary>An upstream may take minutes, which are not the gateway's. What the gateway used before them is.</summary>
    [Fact]
    public async Task Ask_AfterItStood_GetsWhatWasLeft()
    {
        var own = new OwnTime(Limit, LongestAsk, _time);
        await own.AskAsync(new Takes(_time, TimeSpan.FromSeconds(1)), "policy", Token);
        Assert.True(own.TryLend());
        _time.Advance(TimeSpan.FromMinutes(4));
        own.Stand();

        Assert.Equal("masking", await own.AskAsync(new Takes(_time, TimeSpan.FromSeconds(1.49), waits: true), "masking", Token));
        await Assert.ThrowsAsync<BusUnavailableException>(() => own.AskAsync(new Takes(_time, TimeSpan.FromSeconds(0.02), waits: true), "again", Token).AsTask());
    }

    /// <summary>A call whose answer could hardly be recorded in time had better not be executed.</summary>
    [Theory]
    [InlineData(1.5, true)]
    [InlineData(1.51, false)]
    public async Task TryLend_AsksForTimeToMask(double used, bool may)
    {
        var own = new OwnTime(Limit, LongestAsk, _time);
        await own.AskAsync(new Takes(_time, TimeSpan.FromSeconds(used)), "policy", Token);

        Assert.Equal(may, own.TryLend());
    }

    [Fact]
    public async Task Ask_AfterPeopleOrAnEvent_BeginsAnew()
    {
        var own = new OwnTime(Limit, LongestAsk, _time);
        await own.AskAsync(new Takes(_time, LongestAsk), "policy", Token);
        own.Renew();
        _time.Advance(TimeSpan.FromMinutes(4));

        Assert.True(own.TryLend());
        Assert.Equal("masking", await own.AskAsync(new Takes(_time, LongestAsk), "masking", Token));
        await Assert.ThrowsAsync<BusUnavailableException>(() => own.AskAsync(new Takes(_time, LongestAsk, waits: true), "again", Token).AsTask());
    }

    [Fact]
    public async Task Ask_WhenTheClientGoes_EndsAsTheClientsDoing()
    {
        using var gone = new CancellationTokenSource();
        var own = new OwnTime(Limit, LongestAsk, _time);
        _time.Advance(LongestAsk);
        var asked = own.AskAsync(new Never(), "question", gone.Token).AsTask();

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
    }

    /// <summary>Answers after so long; with <paramref name="waits"/> it heeds its token in between, as a bus does.</summary>
    private sealed class Takes(FakeTimeProvider time, TimeSpan lasts, bool waits = false) : IAsk<string, string>
    {
        public int Asked { get; private set; }

        public ValueTask<string> AskAsync(string request, CancellationToken cancellationToken)
        {
            Asked++;
            time.Advance(lasts);
            if (waits)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            return ValueTask.FromResult(request);
        }
    }

    private sealed class Never : IAsk<string, string>
    {
        public async ValueTask<string> AskAsync(string request, CancellationToken cancellationToken)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return request;
        }
    }
}

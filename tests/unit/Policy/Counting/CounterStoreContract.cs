using Chaperone.Policy.Counting;

namespace Chaperone.Policy.Tests.Counting;

/// <summary>What every store of counters must do.</summary>
public abstract class CounterStoreContract
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>Cancels with the test.</summary>
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Count_ItsOwnItem_IsCounted()
    {
        var store = await OpenAsync();

        long[] counts = [await OneAsync(store, "a"), await OneAsync(store, "b"), await OneAsync(store, "a")];

        Assert.Equal([1L, 2L, 2L], counts);
    }

    [Fact]
    public async Task Count_OnlyLookedAt_IsCountedInButNotKept()
    {
        var store = await OpenAsync();
        await OneAsync(store, "a");

        long[] counts = [await OneAsync(store, "b", adds: false), await OneAsync(store, "a", adds: false), (await store.CountAsync([new CounterEvent("k", [], 5, Hour, false)], Cancel))[0]];

        Assert.Equal([2L, 1L, 1L], counts);
    }

    [Fact]
    public async Task Count_OtherKeys_AreApart()
    {
        var store = await OpenAsync();
        await OneAsync(store, "a");

        var counts = await store.CountAsync([new CounterEvent("other", ["a"], 5, Hour, true), new CounterEvent("k", ["b"], 5, Hour, true)], Cancel);

        Assert.Equal([1L, 2L], counts);
    }

    [Fact]
    public async Task TakeBack_NewItem_IsForgotten_OldOneStays()
    {
        var store = await OpenAsync();
        await OneAsync(store, "old");
        CounterEvent[] events = [new CounterEvent("k", ["old", "new"], 5, Hour, true)];
        await store.CountAsync(events, Cancel);

        await store.TakeBackAsync(events, Cancel);

        long[] counts = [await OneAsync(store, "old", adds: false), await OneAsync(store, "new", adds: false)];
        Assert.Equal([1L, 2L], counts);
    }

    /// <summary>Attack: many calls at once, none of which sees another.</summary>
    [Fact]
    public async Task Count_AtOnce_LastSeesAll()
    {
        var store = await OpenAsync();

        var counts = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => OneAsync(store, $"{i}"), Cancel)));

        Assert.Equal(20, counts.Max());
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), counts.Order());
    }

    [Fact]
    public async Task Sweep_KeepsWhatCounts()
    {
        var store = await OpenAsync();
        await OneAsync(store, "a");

        await store.SweepAsync(Cancel);

        Assert.Equal(2L, await OneAsync(store, "b"));
    }

    /// <summary>Opens an empty store.</summary>
    private protected abstract Task<ICounterStore> OpenAsync();

    private protected static async Task<long> OneAsync(ICounterStore store, string item, bool adds = true) =>
        (await store.CountAsync([new CounterEvent("k", [item], 5, Hour, adds)], Cancel))[0];
}

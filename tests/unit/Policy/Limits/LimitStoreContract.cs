using Chaperone.Policy.Limits;

namespace Chaperone.Policy.Tests.Limits;

/// <summary>What every store of limits must do.</summary>
public abstract class LimitStoreContract
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    private protected static LimitDemand Calls(int limit, string key = "k") => new("fair", LimitKind.Calls, key, limit);

    private static LimitDemand Rows(int limit) => new("fair", LimitKind.Rows, "rows", limit);

    private static LimitDemand Slots(int limit) => new("fair", LimitKind.Slots, "slots", limit);

    [Fact]
    public async Task Calls_UpToTheLimit_ThenRefusedWithATime()
    {
        var store = await OpenAsync();

        for (var i = 0; i < 6; i++)
        {
            Assert.Null(await TakeAsync(store, Calls(6)));
        }

        var refused = Assert.IsType<LimitRefusal>(await TakeAsync(store, Calls(6)));
        Assert.InRange(refused.Seconds, 1, 10);
        Assert.Equal($"The limit of 6 calls a minute is reached; try again in {refused.Seconds} s.", refused.Words);
        Assert.Null(await TakeAsync(store, Calls(6, "another")));
    }

    /// <summary>What one limit refuses takes nothing from another.</summary>
    [Fact]
    public async Task Take_RefusedByOne_TakesFromNone()
    {
        var store = await OpenAsync();
        Assert.Null(await TakeAsync(store, Calls(1, "z")));

        Assert.NotNull(await TakeAsync(store, Calls(1, "a"), Slots(1), Calls(1, "z")));

        Assert.Null(await TakeAsync(store, Calls(1, "a"), Slots(1)));
    }

    /// <summary>An answer beyond the quota is paid for: nothing passes until it has drained.</summary>
    [Fact]
    public async Task Rows_BeyondTheQuota_AreRefusedUntilDrained()
    {
        var store = await OpenAsync();
        Assert.Null(await TakeAsync(store, Rows(100)));

        await store.SettleAsync([(Rows(100), Rows(100).CostOf(150))], Id(1), Cancel);

        var refused = Assert.IsType<LimitRefusal>(await TakeAsync(store, Rows(100)));
        Assert.InRange(refused.RetryAfter.TotalMinutes, 29, 30.1);
    }

    [Fact]
    public async Task Rows_WithinTheQuota_Pass()
    {
        var store = await OpenAsync();
        await store.SettleAsync([(Rows(100), Rows(100).CostOf(99))], Id(1), Cancel);

        Assert.Null(await TakeAsync(store, Rows(100)));
    }

    [Fact]
    public async Task Slots_AreGivenBack()
    {
        var store = await OpenAsync();
        var (one, two, three) = (Id(1), Id(2), Id(3));
        Assert.Null(await store.TakeAsync([Slots(2)], one, Lifetime, Cancel));
        Assert.Null(await store.TakeAsync([Slots(2)], two, Lifetime, Cancel));
        Assert.Null(await store.TakeAsync([Slots(2)], two, Lifetime, Cancel));
        Assert.NotNull(await store.TakeAsync([Slots(2)], three, Lifetime, Cancel));

        await store.SettleAsync([(Slots(2), 0)], one, Cancel);

        Assert.Null(await store.TakeAsync([Slots(2)], three, Lifetime, Cancel));
    }

    /// <summary>A call whose end is never told, since its edge died, does not keep its slot for ever.</summary>
    [Fact]
    public async Task Slots_NeverGivenBack_Expire()
    {
        var store = await OpenAsync();
        Assert.Null(await store.TakeAsync([Slots(1)], Id(1), TimeSpan.Zero, Cancel));

        Assert.Null(await store.TakeAsync([Slots(1)], Id(2), Lifetime, Cancel));
        await store.SweepAsync(Cancel);
        Assert.NotNull(await store.TakeAsync([Slots(1)], Id(3), Lifetime, Cancel));
    }

    /// <summary>Many at once, as from several workers: never one more than the limit.</summary>
    [Fact]
    public async Task Take_ManyAtOnce_NeverOneTooMany()
    {
        var store = await OpenAsync();

        var taken = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(async () => await store.TakeAsync([Calls(7), Slots(9), Calls(1000, "b")], Id(i), Lifetime, Cancel))));

        Assert.Equal(7, taken.Count(t => t is null));
    }

    private protected static async Task<LimitRefusal?> TakeAsync(ILimitStore store, params LimitDemand[] demands) => await store.TakeAsync(demands, Id(9), Lifetime, Cancel);

    private protected abstract Task<ILimitStore> OpenAsync();
}

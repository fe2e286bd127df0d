using Chaperone.Policy.Counting;
using Microsoft.Extensions.Time.Testing;

namespace Chaperone.Policy.Tests.Counting;

public sealed class MemoryCounterStoreTests : CounterStoreContract
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Count_LongAgo_CountsNoMore()
    {
        var store = new MemoryCounterStore(_time);
        await OneAsync(store, "a");

        _time.Advance(TimeSpan.FromMinutes(61));

        Assert.Equal(1L, await OneAsync(store, "b"));
    }

    [Fact]
    public async Task Sweep_ADayLater_ForgetsAll()
    {
        var store = new MemoryCounterStore(_time);
        await OneAsync(store, "a");
        _time.Advance(TimeSpan.FromHours(25));

        await store.SweepAsync(Cancel);

        Assert.Equal(0L, (await store.CountAsync([new CounterEvent("k", [], 5, TimeSpan.FromDays(2), false)], Cancel))[0]);
    }

    private protected override Task<ICounterStore> OpenAsync() => Task.FromResult<ICounterStore>(new MemoryCounterStore(_time));
}

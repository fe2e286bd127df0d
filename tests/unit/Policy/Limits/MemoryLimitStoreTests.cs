using Chaperone.Policy.Limits;
using Microsoft.Extensions.Time.Testing;

namespace Chaperone.Policy.Tests.Limits;

public sealed class MemoryLimitStoreTests : LimitStoreContract
{
    [Fact]
    public async Task Memory_TimePasses_LimitsDrain()
    {
        var time = new FakeTimeProvider();
        var store = new MemoryLimitStore(time);
        Assert.Null(await TakeAsync(store, Calls(2)));
        Assert.Null(await TakeAsync(store, Calls(2)));
        Assert.NotNull(await TakeAsync(store, Calls(2)));

        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(await TakeAsync(store, Calls(2)));
        Assert.NotNull(await TakeAsync(store, Calls(2)));

        time.Advance(TimeSpan.FromHours(1));
        await store.SweepAsync(Cancel);
        Assert.Null(await TakeAsync(store, Calls(2)));
    }

    private protected override Task<ILimitStore> OpenAsync() => Task.FromResult<ILimitStore>(new MemoryLimitStore(TimeProvider.System));
}

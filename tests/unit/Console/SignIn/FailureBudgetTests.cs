using Chaperone.Console.SignIn;
using Microsoft.Extensions.Time.Testing;

namespace Chaperone.Console.Tests.SignIn;

public sealed class FailureBudgetTests
{
    /// <summary>Attack: a stranger fails to sign in without end, to fill the ledger.</summary>
    [Fact]
    public void TrySpend_Flood_IsCountedInTheNextMinute()
    {
        var time = new FakeTimeProvider();
        var budget = new FailureBudget(time);

        var recorded = Enumerable.Range(0, 1000).Count(_ => budget.TrySpend(out var none) && none == 0);
        time.Advance(TimeSpan.FromMinutes(1));
        var next = budget.TrySpend(out var skipped);

        Assert.Equal((FailureBudget.PerMinute, true, 1000L - FailureBudget.PerMinute), (recorded, next, skipped));
        Assert.True(budget.TrySpend(out var again));
        Assert.Equal(0, again);
    }
}

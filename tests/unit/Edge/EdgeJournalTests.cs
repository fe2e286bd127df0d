using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Chaperone.Edge.Tests;

/// <summary>What the edge says of numbers that were not served.</summary>
public sealed class EdgeJournalTests
{
    /// <summary>An outage leaves thousands of them: one after the other they would arrive later than the recorder waits, and be told as gaps.</summary>
    [Fact]
    public async Task Void_ManyWaited_AreWrittenTogetherOnceOneIsTaken()
    {
        var token = TestContext.Current.CancellationToken;
        var journal = new CountingJournal();
        var options = Options.Create(new EdgeOptions());
        var numbering = new EdgeNumbering(options, TimeProvider.System);
        using var edge = new EdgeJournal(journal, numbering, options, TimeProvider.System, NullLogger<EdgeJournal>.Instance);
        var call = Samples.Call();
        for (var i = 0; i < 100; i++)
        {
            edge.Void(numbering.Next(), call, "Not decided.");
        }

        await edge.StartAsync(token);
        await TestLimits.UntilAsync(() => ValueTask.FromResult(journal.UnderWay == 1), "the first to be written alone", token);
        journal.Open();
        await TestLimits.UntilAsync(() => ValueTask.FromResult(journal.Numbers.Count == 100), "all to be written", token);
        await edge.StopAsync(token);

        Assert.Equal(Enumerable.Range(1, 100).Select(n => (long)n), journal.Numbers.Order());
        Assert.True(journal.MostUnderWay > 1, "each waited for the one before");
    }

    /// <summary>Takes nothing until it is opened, and then each record a moment later.</summary>
    private sealed class CountingJournal : IJournal
    {
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Lock _lock = new();
        private readonly List<long> _numbers = [];

        public int UnderWay { get; private set; }

        public int MostUnderWay { get; private set; }

        public IReadOnlyCollection<long> Numbers
        {
            get
            {
                lock (_lock)
                {
                    return [.. _numbers];
                }
            }
        }

        public void Open() => _open.SetResult();

        public async ValueTask WriteAsync(RecordEntry entry, CancellationToken cancellationToken)
        {
            lock (_lock)
            {
                UnderWay++;
                MostUnderWay = Math.Max(MostUnderWay, UnderWay);
            }

            await _open.Task.WaitAsync(cancellationToken);
            await Task.Yield();
            lock (_lock)
            {
                UnderWay--;
                _numbers.Add(entry.Stamp!.Number);
            }
        }
    }
}

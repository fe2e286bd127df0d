using System.Collections.Concurrent;
using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.TestKit;

namespace Chaperone.Integration.Tests.Bus;

/// <summary>A recorder's keeper that remembers, and refuses what the test says.</summary>
internal sealed class FakeKeeper : IRecordKeeper
{
    private readonly ConcurrentDictionary<Guid, int> _kept = new();

    /// <summary>Whether to throw for an entry; asked for each entry before any is kept.</summary>
    public Func<RecordEntry, bool> Refuses { get; set; } = _ => false;

    /// <summary>Awaited before anything is kept.</summary>
    public Func<CancellationToken, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>How often each event id was kept.</summary>
    public IReadOnlyDictionary<Guid, int> Kept => _kept;

    public int Refused { get; private set; }

    public async ValueTask KeepAsync(IReadOnlyList<RecordEntry> entries, CancellationToken cancellationToken)
    {
        await Before(cancellationToken);
        if (entries.Any(Refuses))
        {
            Refused++;
            throw new InvalidOperationException("SSN 219-09-9999 does not fit.");
        }

        foreach (var entry in entries)
        {
            _kept.AddOrUpdate(entry.EventId, 1, (_, n) => n + 1);
        }
    }

    public Task UntilKeptAsync(IEnumerable<Guid> ids) => TestLimits.UntilAsync(
        () => ValueTask.FromResult(ids.All(_kept.ContainsKey)),
        "the recorder to keep the records",
        TestContext.Current.CancellationToken);
}

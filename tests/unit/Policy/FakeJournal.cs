using System.Collections.Concurrent;
using System.Threading.Channels;
using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.Policy.Tests;

/// <summary>A journal in memory that can be told to fail.</summary>
internal sealed class FakeJournal : IJournal
{
    private readonly Channel<RecordEntry> _kept = Channel.CreateUnbounded<RecordEntry>();
    private readonly Channel<RecordEntry> _refused = Channel.CreateUnbounded<RecordEntry>();

    public bool Fails { get; set; }

    public ConcurrentQueue<RecordEntry> Entries { get; } = new();

    /// <summary>Waits for the next record that was kept.</summary>
    public ValueTask<RecordEntry> NextAsync(CancellationToken cancellationToken) => _kept.Reader.ReadAsync(cancellationToken);

    /// <summary>Waits for the next record that was refused.</summary>
    public ValueTask<RecordEntry> NextRefusedAsync(CancellationToken cancellationToken) => _refused.Reader.ReadAsync(cancellationToken);

    public ValueTask WriteAsync(RecordEntry entry, CancellationToken cancellationToken)
    {
        if (Fails)
        {
            _refused.Writer.TryWrite(entry);
            throw new BusUnavailableException("The recorder is away.");
        }

        Entries.Enqueue(entry);
        _kept.Writer.TryWrite(entry);
        return ValueTask.CompletedTask;
    }
}

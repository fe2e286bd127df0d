using Chaperone.Contracts;

namespace Chaperone.Bus;

/// <summary>Where every room writes what must never be lost (invariant 1).</summary>
public interface IJournal
{
    /// <summary>
    /// Returns when the record is durable: sequenced into the ledger (embedded), or confirmed by a quorum queue (RabbitMQ).
    /// Concurrent calls are committed as groups. The same event id may be written again: it is kept once.
    /// </summary>
    /// <exception cref="BusUnavailableException">Not durable in time, or not known to be; the caller must not serve.</exception>
    ValueTask WriteAsync(RecordEntry entry, CancellationToken cancellationToken);
}

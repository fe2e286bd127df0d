using Chaperone.Contracts;
using Chaperone.Ledger;

namespace Chaperone.Recorder.Sealing;

/// <summary>A record ready to be sequenced: its leaf, its PHI-free header and its encrypted object.</summary>
internal sealed record SealedRecord
{
    public required Guid EventId { get; init; }

    public required RecordKind Kind { get; init; }

    public Guid? SessionId { get; init; }

    public EdgeStamp? Stamp { get; init; }

    /// <summary>The leaf's bytes: RFC 8785 JSON of commitments, at most 1 KiB.</summary>
    public required byte[] Leaf { get; init; }

    /// <summary>RFC 6962 hash of <see cref="Leaf"/>.</summary>
    public required MerkleHash LeafHash { get; init; }

    /// <summary>What the search may see of it.</summary>
    public required OpenedRecord Opened { get; init; }

    /// <summary>RFC 8785 JSON of the PHI-free facts.</summary>
    public required byte[] Header { get; init; }

    /// <summary>The encrypted parts; see <see cref="RecordObject"/>.</summary>
    public required byte[] Object { get; init; }
}

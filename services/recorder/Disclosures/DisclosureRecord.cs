using System.Text;
using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Disclosures;

/// <summary>The record that somebody had disclosures accounted for. It does not say of whom.</summary>
internal static class DisclosureRecord
{
    public static RecordEntry Of(Guid id, Principal actor, DateTimeOffset from, DateTimeOffset to, DisclosuresFound found, DateTimeOffset now, string source, RecordPart[] parts) => new()
    {
        EventId = id,
        Kind = RecordKind.Reveal,
        OccurredAt = now,
        Source = source,
        Actor = actor,
        Note = Encoding.UTF8.GetString(new CanonicalJson().BeginObject()
            .Member("accounting", "disclosures").Member("calls", found.Items.Length).Member("from", LeafFormat.Time(from)).Member("to", LeafFormat.Time(to)).Member("tree_size", found.TreeSize)
            .EndObject().ToArray()),
        Parts = parts,
    };
}

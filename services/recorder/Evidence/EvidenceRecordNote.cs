using System.Text;
using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Evidence;

/// <summary>What the record of an export says of it.</summary>
internal static class EvidenceRecordNote
{
    public static string Of(EvidenceFilter filter, EvidenceResult result) => Encoding.UTF8.GetString(new CanonicalJson().BeginObject()
        .Member("bundle", result.Sha256)
        .Member("decision", filter.Decision is { } decision ? RecordHeader.Word(decision) : null)
        .Member("from", LeafFormat.Time(filter.From))
        .Name("masked_text").Value(filter.WithMaskedText)
        .Member("records", result.Records)
        .Member("server", filter.Server)
        .Member("session", filter.SessionId?.ToString())
        .Member("to", LeafFormat.Time(filter.To))
        .Member("tool", filter.Tool)
        .Member("tree_size", result.TreeSize)
        .Member("user", filter.User)
        .EndObject().ToArray());
}

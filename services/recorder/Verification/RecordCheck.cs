using System.Security.Cryptography;
using Chaperone.Ledger;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Verification;

/// <summary>Checks one record: its leaf's bytes against their hash and columns, its object and header against the leaf. Needs no key.</summary>
internal sealed class RecordCheck(Findings findings)
{
    /// <summary>Checks one record; what its leaf and its header say, each null where it cannot be believed.</summary>
    public (LeafFacts? Facts, RecordHeader? Header) Check(StoredRecord record)
    {
        var leaf = record.Leaf;
        var place = $"leaf {leaf.Index}";
        if (!Rfc6962.HashLeaf(leaf.Bytes).ToArray().AsSpan().SequenceEqual(leaf.Hash))
        {
            findings.Add(place, "its bytes are not those that were hashed");
            return (null, null);
        }

        LeafFacts facts;
        try
        {
            facts = LeafFormat.Read(leaf.Bytes);
        }
        catch (InvalidDataException e)
        {
            findings.Add(place, e.Message);
            return (null, null);
        }

        if (facts.EventId != leaf.EventId || (int)facts.Kind != leaf.Kind || facts.SessionId != leaf.SessionId
            || facts.Edge != leaf.Edge || facts.Epoch != leaf.Epoch || facts.Number != leaf.Number)
        {
            findings.Add(place, "its columns say other than its bytes");
        }

        return (facts, CheckRecord(record, facts));
    }

    private RecordHeader? CheckRecord(StoredRecord record, LeafFacts facts)
    {
        var place = $"record {record.Leaf.Index}";
        if (record.Header is null || record.Object is null)
        {
            findings.Add(place, "the store does not have it");
            return null;
        }

        if (Hash(record.Object) != facts.ObjectHash)
        {
            findings.Add(place, "its sealed object is not the one that was logged");
        }

        if (Hash(record.Header) != facts.HeaderHash)
        {
            findings.Add(place, "its header is not the one that was logged");
            return null;
        }

        try
        {
            var header = RecordHeader.Read(record.Header);
            if (header.EventId == facts.EventId)
            {
                return header;
            }

            findings.Add(place, "its header is of another event");
        }
        catch (InvalidDataException e)
        {
            findings.Add(place, e.Message);
        }

        return null;
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

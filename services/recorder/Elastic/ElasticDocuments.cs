using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Elastic;

/// <summary>
/// Makes documents of ledger records. Each record has exactly one in audit or control, whatever its state, so that they can
/// be counted; and one in content if it has masked parts. The same record always makes the same ids and hashes. Thread-safe.
/// </summary>
internal sealed partial class ElasticDocuments(RecordOpener opener, AuditDocument audit, ContentDocument content, ILogger<ElasticDocuments> logger)
{
    public IReadOnlyList<ElasticItem> Of(IReadOnlyList<StoredRecord> records)
    {
        var items = new List<ElasticItem>(records.Count * 2);
        foreach (var record in records)
        {
            Add(items, record);
        }

        return items;
    }

    /// <summary>What is sent when Elasticsearch finds a document wrong: only what it cannot find wrong.</summary>
    public ElasticItem InPlaceOf(ElasticItem item, StoredRecord record)
    {
        if (item.Dataset == ElasticDatasets.Content && TryOpen(record) is { } opened)
        {
            return item with { Document = content.WriteRefused(item.Sequence, item.Hash, opened.Entry) };
        }

        return Unreadable(record, item.Hash);
    }

    private void Add(List<ElasticItem> items, StoredRecord record)
    {
        var index = record.Leaf.Index;
        var hash = Convert.ToHexStringLower(record.Leaf.Hash);
        if (TryOpen(record) is not { } opened)
        {
            items.Add(Unreadable(record, hash));
            return;
        }

        var id = opened.Entry.EventId.ToString();
        items.Add(new ElasticItem(AuditDocument.DatasetOf(opened.Entry.Kind), id, index, hash, audit.Write(index, hash, opened.Entry, opened.Parts.Count)));
        if (opened.Parts.Count > 0)
        {
            items.Add(new ElasticItem(ElasticDatasets.Content, id, index, hash, content.Write(index, hash, opened)));
        }
    }

    private ElasticItem Unreadable(StoredRecord record, string hash)
    {
        var leaf = LeafFormat.Read(record.Leaf.Bytes);
        return new ElasticItem(
            AuditDocument.DatasetOf(leaf.Kind), leaf.EventId.ToString(), record.Leaf.Index, hash,
            audit.WriteUnreadable(record.Leaf.Index, hash, leaf, LeafFormat.ReadTime(record.Leaf.Bytes)));
    }

    private OpenedRecord? TryOpen(StoredRecord record)
    {
        var opened = opener.TryOpen(record, out var problem);
        if (opened is null)
        {
            Log.NotOpened(logger, record.Leaf.Index, problem);
        }

        return opened;
    }

    private static partial class Log
    {
        [LoggerMessage(6060, LogLevel.Error, "Record {Index} cannot be opened: Elasticsearch gets only what its leaf says. {Reason}")]
        public static partial void NotOpened(ILogger logger, long index, string reason);
    }
}

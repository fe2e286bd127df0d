using Chaperone.Recorder.Elastic;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Siem;

/// <summary>Makes one syslog message of each record. No bodies, no words of a person: what Elasticsearch gets in audit and control (invariant 4). Thread-safe.</summary>
internal sealed partial class SiemEvents(
    RecordOpener opener, AuditDocument ecs, OcsfDocument ocsf, SyslogMessage message, SyslogBody body, int maxBytes, ILogger<SiemEvents> logger)
{
    public byte[] Of(StoredRecord record)
    {
        var index = record.Leaf.Index;
        var hash = Convert.ToHexStringLower(record.Leaf.Hash);
        if (TryOpen(record) is { } opened)
        {
            var entry = opened.Entry;
            var document = body == SyslogBody.Ocsf ? ocsf.Write(index, hash, entry) : ecs.Write(index, hash, entry, opened.Parts.Count);
            var whole = message.Write(SyslogSeverities.Of(entry), entry.OccurredAt, RecordHeader.Word(entry.Kind), document);
            if (whole.Length <= maxBytes)
            {
                return whole;
            }

            Log.TooLong(logger, index, whole.Length);
        }

        return Unreadable(record, index, hash);
    }

    private byte[] Unreadable(StoredRecord record, long index, string hash)
    {
        var leaf = LeafFormat.Read(record.Leaf.Bytes);
        var at = LeafFormat.ReadTime(record.Leaf.Bytes);
        var document = body == SyslogBody.Ocsf ? ocsf.WriteUnreadable(index, hash, leaf, at) : ecs.WriteUnreadable(index, hash, leaf, at);
        return message.Write(SyslogSeverity.Critical, at, RecordHeader.Word(leaf.Kind), document);
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
        [LoggerMessage(6090, LogLevel.Error, "Record {Index} cannot be opened: the collector gets only what its leaf says. {Reason}")]
        public static partial void NotOpened(ILogger logger, long index, string reason);

        [LoggerMessage(6091, LogLevel.Warning, "Record {Index} makes a message of {Bytes} bytes, more than Recorder:Syslog:MaxBytes: the collector gets only what its leaf says.")]
        public static partial void TooLong(ILogger logger, long index, int bytes);
    }
}

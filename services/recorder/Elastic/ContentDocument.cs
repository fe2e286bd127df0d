using System.Text;
using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Elastic;

/// <summary>The masked bodies of one record. Sealed parts never reach it: <see cref="RecordOpener"/> opens only searchable ones.</summary>
/// <param name="origin">Origin of the ledger.</param>
internal sealed class ContentDocument(string origin)
{
    /// <summary>Characters of one body that can be found; the whole body is in the ledger.</summary>
    public const int LongestBody = 256 * 1024;

    public ReadOnlyMemory<byte> Write(long index, string hash, OpenedRecord record) =>
        Write(index, hash, record.Entry, record.Parts.Select(p => (Field(p.Name), Encoding.UTF8.GetString(p.Content))).ToArray(), refused: false);

    /// <summary>Stands in for bodies that Elasticsearch does not take, so that their absence is seen.</summary>
    public ReadOnlyMemory<byte> WriteRefused(long index, string hash, RecordEntry entry) => Write(index, hash, entry, [], refused: true);

    private ReadOnlyMemory<byte> Write(long index, string hash, RecordEntry entry, (string Field, string Text)[] bodies, bool refused)
    {
        using var document = new DocumentWriter(entry.OccurredAt, ElasticDatasets.Content);
        document.Object("event", () =>
        {
            document.Text("id", entry.EventId.ToString());
            document.Number("sequence", index);
            document.Text("hash", hash);
            document.Text("kind", "event");
            document.Text("module", "chaperone");
            document.Text("dataset", ElasticDatasets.Content);
        });
        if (entry.Call is { } call)
        {
            WriteCall(document, call);
        }

        document.Object("chaperone", () =>
        {
            document.Object("record", () => document.Text("kind", RecordHeader.Word(entry.Kind)));
            document.Object("log", () => document.Text("origin", origin));
            document.Object("session", () => document.Text("id", entry.Call?.SessionId.ToString()));
            document.Object("call", () => document.Text("id", entry.Call?.CallId.ToString()));
            document.Object("content", () =>
            {
                document.Flag("truncated", bodies.Any(b => b.Text.Length > LongestBody));
                document.Flag("refused", refused);
            });
            foreach (var body in bodies.GroupBy(b => b.Field, StringComparer.Ordinal))
            {
                document.Text(body.Key, DocumentWriter.Cut(string.Join('\n', body.Select(b => b.Text)), LongestBody));
            }
        });
        return document.Finish();
    }

    private static void WriteCall(DocumentWriter document, CallFacts call)
    {
        document.Object("user", () =>
        {
            document.Word("id", call.Principal.Subject);
            document.Word("name", call.Principal.Name ?? call.Principal.Subject);
            document.Word("domain", call.Principal.Issuer);
        });
        document.Object("service", () => document.Word("name", PlainNames.OrNull(call.Server)));
        document.Object("mcp", () => document.Object("method", () => document.Word("name", PlainNames.OrNull(call.Method))));
        document.Object("gen_ai", () => document.Object("tool", () => document.Word("name", PlainNames.TargetOrNull(call.Method, call.Target))));
    }

    // The mapping is strict, and a part may be added one day.
    private static string Field(string part) => part is "request_masked" or "response_masked" ? part : "other_masked";
}

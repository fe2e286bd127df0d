using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Elastic;

/// <summary>A signed checkpoint, verbatim: whoever keeps it can tell later whether the ledger was rewritten.</summary>
internal static class CheckpointDocument
{
    public static ElasticItem Of(PublishedCheckpoint checkpoint, string origin)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(checkpoint.Note)));
        using var document = new DocumentWriter(checkpoint.SignedAt, ElasticDatasets.Checkpoint);
        document.Object("event", () =>
        {
            document.Text("id", hash);
            document.Number("sequence", checkpoint.Size);
            document.Text("hash", hash);
            document.Text("kind", "state");
            document.Text("module", "chaperone");
            document.Text("dataset", ElasticDatasets.Checkpoint);
            document.Text("action", "checkpoint");
        });
        document.Object("chaperone", () => document.Object("log", () =>
        {
            document.Text("origin", origin);
            document.Number("size", long.Parse(checkpoint.Note.Split('\n')[1], CultureInfo.InvariantCulture));
            document.Text("root", checkpoint.Note.Split('\n')[2]);
            document.Text("checkpoint", checkpoint.Note);
        }));
        return new ElasticItem(ElasticDatasets.Checkpoint, hash, checkpoint.Size, hash, document.Finish());
    }
}

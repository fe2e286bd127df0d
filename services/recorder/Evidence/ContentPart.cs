using System.Security.Cryptography;
using System.Text;

namespace Chaperone.Recorder.Evidence;

/// <summary><c>content.jsonl</c>: the masked text of requests and responses, one part a line; only where it was asked for.</summary>
internal sealed class ContentPart : IEvidencePart
{
    private readonly EvidenceMember _content;

    public ContentPart(EvidenceFolder folder)
    {
        _content = folder.Create(EvidencePaths.Content);
        _content.Rows = 0;
    }

    public void Take(EvidenceRecord record)
    {
        foreach (var part in record.Parts)
        {
            _content.WriteLine(json =>
            {
                json.WriteNumber("leaf", record.Index);
                json.WriteString("session", record.Entry.Call?.SessionId.ToString());
                json.WriteString("call", record.Entry.Call?.CallId.ToString());
                json.WriteString("part", part.Name);
                json.WriteString("media", part.MediaType);
                json.WriteString("body", Encoding.UTF8.GetString(part.Content));
                json.WriteString("sha256", Convert.ToHexStringLower(SHA256.HashData(part.Content)));
            });
        }
    }

    public void Finish() => _content.Dispose();
}

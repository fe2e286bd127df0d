using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;

namespace Chaperone.Recorder.Elastic;

/// <summary>The body of a bulk request: for each item an action and its document, each ended by a newline, compressed.</summary>
internal static class BulkBody
{
    /// <summary>Bytes that an item adds beside its document, more rather than less.</summary>
    public const int ItemOverhead = 160;

    /// <summary>Data streams take only <c>create</c>; it never overwrites.</summary>
    public static HttpContent Of(IReadOnlyList<ElasticItem> items, string ns)
    {
        var body = new MemoryStream();
        using (var gzip = new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true))
        using (var buffered = new BufferedStream(gzip, 64 * 1024))
        {
            foreach (var item in items)
            {
                buffered.Write(Encoding.ASCII.GetBytes($$$"""{"create":{"_index":"{{{ElasticDatasets.Stream(item.Dataset, ns)}}}","_id":"{{{item.Id}}}"}}"""));
                buffered.WriteByte((byte)'\n');
                buffered.Write(item.Document.Span);
                buffered.WriteByte((byte)'\n');
            }
        }

        body.Position = 0;
        var content = new StreamContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        content.Headers.ContentEncoding.Add("gzip");
        return content;
    }

    /// <summary>Parts items into requests of at most so many bytes; one that is larger goes alone.</summary>
    public static IEnumerable<IReadOnlyList<ElasticItem>> Split(IReadOnlyList<ElasticItem> items, int bytes)
    {
        var part = new List<ElasticItem>();
        var size = 0L;
        foreach (var item in items)
        {
            var adds = item.Document.Length + ItemOverhead;
            if (part.Count > 0 && size + adds > bytes)
            {
                yield return part;
                part = [];
                size = 0;
            }

            part.Add(item);
            size += adds;
        }

        if (part.Count > 0)
        {
            yield return part;
        }
    }
}

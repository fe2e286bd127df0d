using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Chaperone.Bus.Json;

/// <summary>Replaces parts of a JSON text and leaves every other byte as it was.</summary>
public sealed class JsonSplice(ReadOnlyMemory<byte> source)
{
    private readonly List<(int Start, int Length, byte[] With)> _cuts = [];

    /// <summary>Puts <paramref name="with"/> in the place of <paramref name="element"/>, which must belong to a document parsed from the source.</summary>
    public void Replace(JsonElement element, byte[] with) => _cuts.Add((StartOf(element), JsonMarshal.GetRawUtf8Value(element).Length, with));

    /// <summary>Adds a member at the end of <paramref name="target"/>, an object that is not empty.</summary>
    public void Append(JsonElement target, byte[] member) =>
        _cuts.Add((StartOf(target) + JsonMarshal.GetRawUtf8Value(target).Length - 1, 0, [(byte)',', .. member]));

    /// <summary>The text with all replacements; the source itself when there are none.</summary>
    public ReadOnlyMemory<byte> Apply()
    {
        if (_cuts.Count == 0)
        {
            return source;
        }

        var written = new ArrayBufferWriter<byte>(source.Length + 64);
        var at = 0;
        foreach (var (start, length, with) in _cuts.OrderBy(c => c.Start))
        {
            written.Write(source.Span[at..start]);
            written.Write(with);
            at = start + length;
        }

        written.Write(source.Span[at..]);
        return written.WrittenMemory;
    }

    private int StartOf(JsonElement element) =>
        source.Span.Overlaps(JsonMarshal.GetRawUtf8Value(element), out var offset)
            ? offset
            : throw new ArgumentException("The element is of another text.", nameof(element));
}

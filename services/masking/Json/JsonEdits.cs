using System.Text;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Json;

/// <summary>Replacements of byte ranges, gathered in any order and cut in at once, and what was found where.</summary>
internal sealed class JsonEdits
{
    private readonly List<(int Start, int Length, byte[] Bytes)> _edits = [];
    private readonly List<TextFound> _found = [];

    public int Count => _edits.Count;

    public void Replace(int start, int length, byte[] bytes) => _edits.Add((start, length, bytes));

    /// <summary>Notes a find, in byte offsets.</summary>
    public void Note(int start, int end, Identifier identifier, float score) => _found.Add(new TextFound(start, end, identifier, score));

    /// <summary>Takes back every edit since <paramref name="count"/>, and with 0 every find.</summary>
    public void Rewind(int count)
    {
        _edits.RemoveRange(count, _edits.Count - count);
        if (count == 0)
        {
            _found.Clear();
        }
    }

    /// <summary><paramref name="source"/> with all replacements made.</summary>
    public byte[] Apply(ReadOnlySpan<byte> source)
    {
        Sort();
        var length = source.Length;
        foreach (var edit in _edits)
        {
            length += edit.Bytes.Length - edit.Length;
        }

        var target = new byte[length];
        var read = 0;
        var written = 0;
        foreach (var (start, size, bytes) in _edits)
        {
            source[read..start].CopyTo(target.AsSpan(written));
            written += start - read;
            bytes.CopyTo(target.AsSpan(written));
            written += bytes.Length;
            read = start + size;
        }

        source[read..].CopyTo(target.AsSpan(written));
        return target;
    }

    /// <summary>Hands all on to the edits of the text whose UTF-8 form <paramref name="source"/> is and which starts at <paramref name="at"/> of a larger one.</summary>
    public void CopyTo(ReadOnlySpan<byte> source, int at, TextEdits edits)
    {
        Sort();
        var place = new CharPlace(source, at);
        foreach (var (start, length, bytes) in _edits)
        {
            edits.Replace(place.Of(start), place.Of(start + length), Encoding.UTF8.GetString(bytes));
        }

        _found.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        place = new CharPlace(source, at);
        foreach (var found in _found)
        {
            edits.Note(place.Of(found.Start), place.Of(found.End), found.Identifier, found.Score);
        }
    }

    private void Sort() => _edits.Sort(static (a, b) => a.Start.CompareTo(b.Start));

    /// <summary>Byte offsets, asked for in rising order, as offsets of characters.</summary>
    private ref struct CharPlace(ReadOnlySpan<byte> source, int at)
    {
        private readonly ReadOnlySpan<byte> _source = source;
        private int _bytes;
        private int _chars = at;

        public int Of(int offset)
        {
            // Finds may overlap: then the count starts again a little further back.
            _chars += offset >= _bytes ? Encoding.UTF8.GetCharCount(_source[_bytes..offset]) : -Encoding.UTF8.GetCharCount(_source[offset.._bytes]);
            _bytes = offset;
            return _chars;
        }
    }
}

using System.Buffers;
using System.Text;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Json;

/// <summary>Replacements of byte ranges, gathered in any order and cut in at once, and what was found where. Reused; not thread-safe.</summary>
internal sealed class JsonEdits
{
    private const int Kept = 4096;

    private readonly PooledList<Edit> _edits = new();
    private readonly List<TextFound> _found = [];
    private readonly byte[] _small = new byte[Kept];
    private byte[] _bytes;
    private int _used;

    public JsonEdits() => _bytes = _small;

    public int Count => _edits.Count;

    /// <summary>Puts <paramref name="bytes"/> in the place of a range.</summary>
    public void Replace(int start, int length, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _edits.Add(new Edit(start, length, _used, bytes.Length));
        _used += bytes.Length;
    }

    /// <summary>Puts the JSON form of <paramref name="text"/>, without quotes, in the place of a string's content.</summary>
    public void ReplaceString(int start, int length, ReadOnlySpan<char> text)
    {
        var written = JsonText.Encode(text, Room(text.Length * JsonText.MostBytes));
        _edits.Add(new Edit(start, length, _used, written));
        _used += written;
    }

    /// <summary>Makes an edit of <paramref name="other"/> again.</summary>
    public void Repeat(JsonEdits other, int edit)
    {
        var made = other._edits[edit];
        Replace(made.Start, made.Length, other._bytes.AsSpan(made.Offset, made.Count));
    }

    /// <summary>Makes an edit of its own again in the place of another range.</summary>
    public void Repeat(int edit, int start, int length) => _edits.Add(_edits[edit] with { Start = start, Length = length });

    /// <summary>Forgets all, to be used for another message.</summary>
    public void Clear()
    {
        Rewind(0);
        _edits.Clear();
        GiveBack(_small);
    }

    /// <summary>Notes a find, in byte offsets.</summary>
    public void Note(int start, int end, Identifier identifier, float score) => _found.Add(new TextFound(start, end, identifier, score));

    /// <summary>Takes back every edit since <paramref name="count"/>, and with 0 every find.</summary>
    public void Rewind(int count)
    {
        _edits.Cut(count);
        if (count == 0)
        {
            _used = 0;
            _found.Clear();
        }
    }

    /// <summary><paramref name="source"/> with all replacements made.</summary>
    public byte[] Apply(ReadOnlySpan<byte> source)
    {
        Sort();
        var length = source.Length;
        foreach (ref readonly var edit in _edits.Items)
        {
            length += edit.Count - edit.Length;
        }

        var target = new byte[length];
        var read = 0;
        var written = 0;
        foreach (ref readonly var edit in _edits.Items)
        {
            source[read..edit.Start].CopyTo(target.AsSpan(written));
            written += edit.Start - read;
            _bytes.AsSpan(edit.Offset, edit.Count).CopyTo(target.AsSpan(written));
            written += edit.Count;
            read = edit.Start + edit.Length;
        }

        source[read..].CopyTo(target.AsSpan(written));
        return target;
    }

    /// <summary>Hands all on to the edits of the text whose UTF-8 form <paramref name="source"/> is and which starts at <paramref name="at"/> of a larger one.</summary>
    public void CopyTo(ReadOnlySpan<byte> source, int at, TextEdits edits)
    {
        Sort();
        var place = new CharPlace(source, at);
        foreach (ref readonly var edit in _edits.Items)
        {
            edits.Replace(place.Of(edit.Start), place.Of(edit.Start + edit.Length), Encoding.UTF8.GetString(_bytes, edit.Offset, edit.Count));
        }

        _found.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        place = new CharPlace(source, at);
        foreach (var found in _found)
        {
            edits.Note(place.Of(found.Start), place.Of(found.End), found.Identifier, found.Score);
        }
    }

    private Span<byte> Room(int length)
    {
        if (_bytes.Length - _used < length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _used + length));
            _bytes.AsSpan(0, _used).CopyTo(larger);
            GiveBack(larger);
        }

        return _bytes.AsSpan(_used);
    }

    // Goes on with other bytes; large ones belong to the pool.
    private void GiveBack(byte[] next)
    {
        var before = _bytes;
        _bytes = next;
        if (before != _small)
        {
            ArrayPool<byte>.Shared.Return(before);
        }
    }

    // Walks go through a message from its start: there is seldom anything to sort.
    private void Sort()
    {
        for (var i = 1; i < _edits.Count; i++)
        {
            if (_edits[i].Start < _edits[i - 1].Start)
            {
                _edits.Items.Sort(static (a, b) => a.Start.CompareTo(b.Start));
                return;
            }
        }
    }

    private readonly record struct Edit(int Start, int Length, int Offset, int Count);

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

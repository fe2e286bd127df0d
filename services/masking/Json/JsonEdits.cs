namespace Chaperone.Masking.Json;

/// <summary>Replacements of byte ranges, gathered in any order and cut in at once.</summary>
internal sealed class JsonEdits
{
    private readonly List<(int Start, int Length, byte[] Bytes)> _edits = [];

    public int Count => _edits.Count;

    public void Replace(int start, int length, byte[] bytes) => _edits.Add((start, length, bytes));

    /// <summary>Takes back every edit since <paramref name="count"/>.</summary>
    public void Rewind(int count) => _edits.RemoveRange(count, _edits.Count - count);

    /// <summary><paramref name="source"/> with all replacements made.</summary>
    public byte[] Apply(ReadOnlySpan<byte> source)
    {
        _edits.Sort(static (a, b) => a.Start.CompareTo(b.Start));
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
}

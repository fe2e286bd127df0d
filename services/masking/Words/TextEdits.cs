namespace Chaperone.Masking.Words;

/// <summary>The masks to be cut into one text, and what was found where; offsets count UTF-16 units of that text. Reused; not thread-safe.</summary>
internal sealed class TextEdits
{
    private const int MostKept = 1 << 20;

    private readonly List<TextEdit> _edits = [];
    private readonly List<TextFound> _found = [];
    private bool _ordered = true;
    private char[] _cut = [];

    /// <summary>How many masks there are.</summary>
    public int Count => _edits.Count;

    /// <summary>What was found; finer than the masks where one mask replaces a text that holds several.</summary>
    public IReadOnlyList<TextFound> Found => _found;

    public void Clear()
    {
        _edits.Clear();
        _found.Clear();
        _ordered = true;
        if (_cut.Length > MostKept)
        {
            _cut = [];
        }
    }

    /// <summary>Puts <paramref name="mask"/> in the place of an identifier.</summary>
    public void Add(int start, int end, string mask, Identifier identifier, float score)
    {
        Replace(start, end, mask);
        Note(start, end, identifier, score);
    }

    /// <summary>Puts <paramref name="mask"/> in the place of a text whose finds are noted one by one.</summary>
    public void Replace(int start, int end, string mask)
    {
        _ordered &= _edits.Count == 0 || _edits[^1].End <= start;
        _edits.Add(new TextEdit(start, end, mask));
    }

    /// <summary>Notes a find.</summary>
    public void Note(int start, int end, Identifier identifier, float score) => _found.Add(new TextFound(start, end, identifier, score));

    /// <summary>Takes back every mask since <paramref name="count"/>; what was found stays noted.</summary>
    public void Rewind(int count) => _edits.RemoveRange(count, _edits.Count - count);

    /// <summary>Adds all to the edits of the text from which this one was decoded; <paramref name="origins"/>: where each character, and the end, stands in <paramref name="source"/>.</summary>
    public void CopyTo(TextEdits target, TextPart source, int[] origins, Structures.TextWriting.Encoder encode)
    {
        var at = source.At;
        foreach (var edit in _edits)
        {
            target.Replace(at + origins[edit.Start], at + origins[edit.End], encode(edit.Mask, source.Text));
        }

        foreach (var found in _found)
        {
            target.Note(at + origins[found.Start], at + origins[found.End], found.Identifier, found.Score);
        }
    }

    /// <summary><paramref name="part"/> with the masks since <paramref name="first"/> cut in; they must lie inside it.</summary>
    public string Apply(TextPart part, int first = 0) => Cut(part, first).ToString();

    /// <summary>The same, good until the next call.</summary>
    public ReadOnlySpan<char> Cut(TextPart part, int first = 0)
    {
        if (!_ordered)
        {
            _edits.Sort(first, _edits.Count - first, TextEdit.ByStart);
            _ordered = first == 0;
        }

        var length = part.Length;
        for (var i = first; i < _edits.Count; i++)
        {
            length += _edits[i].Mask.Length - (_edits[i].End - _edits[i].Start);
        }

        if (_cut.Length < length)
        {
            _cut = new char[Math.Max(length, 256)];
        }

        var written = 0;
        var read = 0;
        for (var i = first; i < _edits.Count; i++)
        {
            var edit = _edits[i];
            var plain = part.Text[read..(edit.Start - part.At)];
            plain.CopyTo(_cut.AsSpan(written));
            edit.Mask.CopyTo(_cut.AsSpan(written + plain.Length));
            written += plain.Length + edit.Mask.Length;
            read = edit.End - part.At;
        }

        part.Text[read..].CopyTo(_cut.AsSpan(written));
        return _cut.AsSpan(0, length);
    }

    /// <summary>The class of the one find that is the whole of a text of <paramref name="length"/>; None if there is no such.</summary>
    public Identifier Only(int length) =>
        _found.Count == 1 && _found[0].Start == 0 && _found[0].End == length ? _found[0].Identifier : Identifier.None;

    /// <summary>True where a mask since <paramref name="first"/> holds <paramref name="character"/>.</summary>
    public bool AnyHolds(char character, int first)
    {
        for (var i = first; i < _edits.Count; i++)
        {
            if (_edits[i].Mask.Contains(character, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    private readonly record struct TextEdit(int Start, int End, string Mask)
    {
        public static readonly IComparer<TextEdit> ByStart = Comparer<TextEdit>.Create((a, b) => a.Start.CompareTo(b.Start));
    }
}

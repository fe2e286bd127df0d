using System.Runtime.CompilerServices;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Tagging;

/// <summary>
/// A text as the tagger reads it: words, and one unit for each thing that is or will be masked. A found identifier and the
/// mask in its place read the same, so that masking a masked text finds nothing new. Reused; not thread-safe.
/// </summary>
internal sealed class TextUnits(NameModel model)
{
    private const int LongestHashed = 16;
    private const uint MaskedHash = 3;

    // Words that are remembered at once, a power of two: those of a text of some 400 KB. Each has fifty bytes, in each thread.
    private const int MostKept = 1 << 16;

    private readonly List<(int Start, int End)> _masked = [];
    private (int Start, int End, int Word)[] _units = new (int, int, int)[256];
    private byte[] _gaps = new byte[256];
    private TaggedWord[] _read = new TaggedWord[256];
    private (ulong Context, NameTag Tag)[] _memo = new (ulong, NameTag)[256];

    // Whose place is whose in a text of more words; null in all others, where each word has its own.
    private int[]? _owners;
    private NameTag[] _tags = new NameTag[256];
    private long _version = -1;
    private TextScan _scan = new();

    // The places before the first and behind the last unit.
    private static readonly TaggedWord[] Edges = [new TaggedWord { Hash = 1, IsRead = true, IsWhole = true }, new TaggedWord { Hash = 2, IsRead = true, IsWhole = true }];

    private static readonly TaggedWord[] Masked = [new TaggedWord { Hash = MaskedHash, IsRead = true, IsWhole = true }];

    public int Count { get; private set; }

    /// <summary>Room for a tag of each unit.</summary>
    public Span<NameTag> Tags => _tags.AsSpan(0, Count);

    /// <summary>How a unit was tagged the last time in the same context; false where it was not.</summary>
    public bool TryRecall(int unit, ulong context, out NameTag tag)
    {
        ref readonly var memo = ref _memo[PlaceOf(_units[unit].Word)];
        tag = memo.Tag;
        return memo.Context == context;
    }

    /// <summary>Keeps how a unit was tagged for the next pass over the same text.</summary>
    public void Remember(int unit, ulong context, NameTag tag) => _memo[PlaceOf(_units[unit].Word)] = (context, tag);

    /// <summary>All that the features of a unit depend on, in a number: its neighbours, the gaps beside it and the tags before it.</summary>
    public ulong ContextOf(int unit, NameTag tag1, NameTag tag2)
    {
        var hash = ((ulong)tag1 << 8) | ((ulong)tag2 << 16) | ((ulong)Gap(unit) << 24) | ((ulong)Gap(unit + 1) << 32) | 1;
        for (var i = unit - 2; i <= unit + 2; i++)
        {
            hash = (hash ^ (uint)(i < 0 || i >= Count ? -2 : _units[i].Word)) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 29;
        }

        return hash | 1;
    }

    /// <summary>Reads a text; what <paramref name="masked"/> covers, and tags that stand in it, are units of their own.</summary>
    public void Load(TextScan scan, TextSpans masked)
    {
        _scan = scan;
        _masked.Clear();
        _masked.AddRange(scan.Tags);
        for (var i = 0; i < masked.Count; i++)
        {
            _masked.Add((masked[i].Start, masked[i].End));
        }

        if (_masked.Count > 1)
        {
            _masked.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        }

        Count = 0;
        if (_units.Length < scan.WordCount + _masked.Count)
        {
            _units = new (int, int, int)[RoomFor(scan.WordCount + _masked.Count)];
            _gaps = new byte[_units.Length];
            _tags = new NameTag[_units.Length];
        }

        if (_version != scan.Version)
        {
            Forget(scan);
        }

        Cut(scan.Words);
        Array.Clear(_gaps, 0, Count);
    }

    private void Cut(ReadOnlySpan<Word> words)
    {
        // Where the next masked part starts, and the last one ends.
        var next = 0;
        var starts = _masked.Count > 0 ? _masked[0].Start : int.MaxValue;
        var ends = 0;
        for (var i = 0; i < words.Length; i++)
        {
            ref readonly var word = ref words[i];
            while (starts < word.End)
            {
                AddMasked(_masked[next++]);
                starts = next < _masked.Count ? _masked[next].Start : int.MaxValue;
                ends = _units[Count - 1].End;
            }

            if (word.Start >= ends)
            {
                _units[Count++] = (word.Start, word.End, i);
            }
        }

        while (next < _masked.Count)
        {
            AddMasked(_masked[next++]);
        }
    }

    /// <summary>Frees large buffers, so that one long text does not stay in memory.</summary>
    public void Trim()
    {
        if (_units.Length > MostKept * 2)
        {
            _units = new (int, int, int)[256];
            _gaps = new byte[256];
            _tags = new NameTag[256];
            (_version, Count) = (-1, 0);
        }
    }

    /// <summary>Number of the unit's word in the scan; -1 where it is masked.</summary>
    public int WordOf(int unit) => _units[unit].Word;

    /// <summary>What the features need to know of a unit.</summary>
    public ref readonly TaggedWord this[int unit]
    {
        get
        {
            if (unit < 0 || unit >= Count)
            {
                return ref Edges[unit < 0 ? 0 : 1];
            }

            var word = _units[unit].Word;
            if (word < 0)
            {
                return ref Masked[0];
            }

            var place = PlaceOf(word);
            if (!_read[place].IsWhole)
            {
                ReadWhole(word, place);
            }

            return ref _read[place];
        }
    }

    /// <summary>The hash of a unit, which is all that the features take of far neighbours.</summary>
    public uint HashOf(int unit)
    {
        if (unit < 0 || unit >= Count || _units[unit].Word < 0)
        {
            return this[unit].Hash;
        }

        return ReadOf(_units[unit].Word).Hash;
    }

    /// <summary>The lists in which a unit that is a word stands.</summary>
    public NameLists ListsOf(int unit) => ReadOf(_units[unit].Word).Lists;

    /// <summary>What stands before a unit; 1 to 11.</summary>
    public byte Gap(int unit)
    {
        if (unit < 0 || unit >= Count)
        {
            return (byte)(unit < 0 ? 0 : 5);
        }

        return _gaps[unit] != 0 ? _gaps[unit] : _gaps[unit] = GapOf(GapBefore(unit), unit);
    }

    /// <summary>What stands between a unit and the one before it.</summary>
    public ReadOnlySpan<char> GapBefore(int unit) => _scan.Text[(unit == 0 ? 0 : _units[unit - 1].End)..Math.Max(_units[unit].Start, unit == 0 ? 0 : _units[unit - 1].End)];

    private void AddMasked((int Start, int End) masked)
    {
        if (Count > 0 && _units[Count - 1].Word < 0 && masked.Start <= _units[Count - 1].End)
        {
            _units[Count - 1].End = Math.Max(_units[Count - 1].End, masked.End);
            return;
        }

        // A find that begins inside a word takes the word along.
        while (Count > 0 && _units[Count - 1].End > masked.Start)
        {
            Count--;
        }

        _units[Count++] = (masked.Start, masked.End, -1);
    }

    private void Forget(TextScan scan)
    {
        _version = scan.Version;
        var kept = Math.Min(scan.WordCount, MostKept);
        if (_read.Length < kept)
        {
            _read = new TaggedWord[Math.Min(kept * 2, MostKept)];
            _memo = new (ulong, NameTag)[_read.Length];
        }

        Array.Clear(_read, 0, kept);
        Array.Clear(_memo, 0, kept);
        _owners = scan.WordCount > MostKept ? [.. Enumerable.Range(0, MostKept)] : null;
    }

    // Where a word is remembered. In a long text what was there before is forgotten: it is far behind, and read again if need be.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int PlaceOf(int word) => _owners is null ? word : PlaceInLongText(word, _owners);

    private int PlaceInLongText(int word, int[] owners)
    {
        var place = word & (MostKept - 1);
        if (owners[place] != word)
        {
            owners[place] = word;
            _read[place] = default;
            _memo[place] = default;
        }

        return place;
    }

    private ref readonly TaggedWord ReadOf(int word)
    {
        var place = PlaceOf(word);
        if (!_read[place].IsRead)
        {
            Read(word, place);
        }

        return ref _read[place];
    }

    private static int RoomFor(int units) => units < MostKept ? units * 2 : units + (units / 8);

    // Most words are only looked up.
    [SkipLocalsInit]
    private void Read(int index, int place)
    {
        ref var read = ref _read[place];
        read.IsRead = true;
        var word = _scan.Words[index];
        if (word.IsNumber)
        {
            read.Hash = WordHash.Of("0", (uint)Math.Min(word.Length, LongestHashed));
            return;
        }

        Span<char> buffer = stackalloc char[WordHash.Longest];
        read.Hash = word.IsMixed ? WordHash.Of(Folded(index, buffer)) : WordHash.OfWord(_scan.WordText(index));
        read.Lists = model.Find(read.Hash);
    }

    [SkipLocalsInit]
    private void ReadWhole(int index, int place)
    {
        if (!_read[place].IsRead)
        {
            Read(index, place);
        }

        ref var read = ref _read[place];
        var word = _scan.Words[index];
        read.IsWhole = true;
        read.Shape = ShapeOf(word, _scan.WordText(index));
        if (word.IsNumber)
        {
            return;
        }

        Span<char> buffer = stackalloc char[WordHash.Longest];
        var folded = Folded(index, buffer);
        read.Prefix2 = WordHash.Of(folded[..Math.Min(2, folded.Length)], 1);
        read.Prefix3 = WordHash.Of(folded[..Math.Min(3, folded.Length)], 2);
        read.Suffix2 = WordHash.Of(folded[^Math.Min(2, folded.Length)..], 3);
        read.Suffix3 = WordHash.Of(folded[^Math.Min(3, folded.Length)..], 4);
        read.Suffix4 = WordHash.Of(folded[^Math.Min(4, folded.Length)..], 5);
    }

    private ReadOnlySpan<char> Folded(int index, Span<char> buffer)
    {
        ReadOnlySpan<char> folded = buffer[..WordHash.Fold(_scan.WordText(index), buffer)];
        var letters = _scan.Words[index].IsMixed ? folded.TrimEnd("0123456789") : folded;
        return letters.Length >= 3 ? letters : folded;
    }

    private static byte ShapeOf(Word word, ReadOnlySpan<char> text)
    {
        if (word.IsNumber)
        {
            return (byte)(word.Length == 4 ? 1 : 2);
        }

        if (word.IsMixed)
        {
            return (byte)(char.IsUpper(text[0]) ? 3 : 4);
        }

        if (!word.IsCapital)
        {
            return (byte)(word.Length <= 3 ? 5 : 6);
        }

        if (word.Length == 1)
        {
            return 7;
        }

        return word.IsUpper ? (byte)(word.Length <= 3 ? 8 : 9) : text[1..].ContainsAnyInRange('A', 'Z') ? (byte)10 : (byte)11;
    }

    private static byte GapOf(ReadOnlySpan<char> gap, int unit)
    {
        if (unit == 0)
        {
            return 1;
        }

        if (gap is " ")
        {
            return 2;
        }

        if (gap.ContainsAny('\n', '\r'))
        {
            return 3;
        }

        return (gap.TrimStart(' ') is { IsEmpty: false } rest ? rest[0] : ' ') switch
        {
            ',' => 4,
            '.' or '!' or '?' => 5,
            '\'' => 6,
            '-' => 7,
            ':' or '=' => 8,
            '(' or '[' or '"' => 9,
            ';' or '/' or '|' or ')' => 10,
            _ => 11,
        };
    }
}

using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Chaperone.Masking.Tagging;

/// <summary>
/// What the tagger has learnt: a table of word hashes with the lists each stands in, and a row of weights for each hashed
/// feature. Immutable and thread-safe; made by <c>make train</c>.
/// </summary>
internal sealed class NameModel
{
    /// <summary>Weights of one feature: one for each <see cref="NameTag"/>, and one unused.</summary>
    public const int Row = 8;

    private const uint Magic = 0x314D4E43;
    private const int Header = 16;
    private const int LongestPerson = 48;

    private static readonly Lazy<NameModel> Embedded = new(Load);

    // A power of two. The table of lists is larger than a core's caches, and most words of a text are its usual ones.
    private const int Recent = 4096;
    private const ulong Answered = 1 << 8;

    private readonly uint[] _lists;
    private readonly short[] _weights;

    // Answers to the last words: the hash above the lists and a bit. Each is read and written at once, so threads may share them.
    private readonly ulong[] _recent = new ulong[Recent];

    /// <summary>A model of tables whose sizes are powers of two.</summary>
    public NameModel(uint[] lists, short[] weights)
    {
        _lists = lists;
        _weights = weights;
        WeightMask = (uint)(weights.Length / Row) - 1;
    }

    /// <summary>The one that ships.</summary>
    public static NameModel Shipped => Embedded.Value;

    /// <summary>Cuts a hash to the number of a row.</summary>
    public uint WeightMask { get; }

    /// <summary>All rows, one after another.</summary>
    public ReadOnlySpan<short> Weights => _weights;

    /// <summary>The lists in which the word with this hash stands. A slot holds 24 bits of the hash and the lists.</summary>
    public NameLists Find(uint hash)
    {
        ref var recent = ref _recent[hash & (Recent - 1)];
        var known = Volatile.Read(ref recent);
        if ((known >> 32) == hash && (known & Answered) != 0)
        {
            return (NameLists)known;
        }

        var lists = Search(hash);
        Volatile.Write(ref recent, ((ulong)hash << 32) | Answered | (byte)lists);
        return lists;
    }

    private NameLists Search(uint hash)
    {
        var mask = (uint)_lists.Length - 1;
        for (var slot = hash & mask; ; slot = (slot + 1) & mask)
        {
            var entry = _lists[slot];
            if (entry == 0)
            {
                return NameLists.None;
            }

            if (entry >> 8 == hash >> 8)
            {
                return (NameLists)entry;
            }
        }
    }

    /// <summary>The lists in which a word stands.</summary>
    public NameLists Find(ReadOnlySpan<char> word) => Find(WordHash.OfWord(word));

    /// <summary>True for a given and a family name, in either order, that the lists know: "Maria Lopez", "Kowalczyk, Ted".</summary>
    public bool IsPerson(ReadOnlySpan<char> text)
    {
        const NameLists Plain = NameLists.Word | NameLists.Medical | NameLists.Region;
        var blank = text.IndexOf(' ');
        if (blank < 2 || text.Length > LongestPerson || !char.IsUpper(text[0]) || !char.IsUpper(text[^1]) && !char.IsLower(text[^1]))
        {
            return false;
        }

        var comma = text[blank - 1] == ',';
        var one = text[..(comma ? blank - 1 : blank)];
        var two = text[(text.LastIndexOf(' ') + 1)..];
        if (!IsWord(one) || !IsWord(two))
        {
            return false;
        }

        var (given, family) = comma ? (Find(two), Find(one)) : (Find(one), Find(two));
        return (given & NameLists.CommonGiven) != 0 && (given & (NameLists.Medical | NameLists.Region)) == 0 && (family & (NameLists.Family | NameLists.CommonFamily)) != 0
            && ((family & Plain) == 0 || ((given & Plain) == 0 && (family & NameLists.CommonFamily) != 0));
    }

    // "Lopez", "O'Brien", "Ortega-Lund"
    private static bool IsWord(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (!char.IsLetter(c) && c is not ('-' or '\''))
            {
                return false;
            }
        }

        return word.Length > 1 && char.IsUpper(word[0]);
    }

    /// <summary>True where a word of a text in small ASCII letters is a name and no word of the language.</summary>
    public bool HoldsName(ReadOnlySpan<byte> text)
    {
        var start = 0;
        while (start < text.Length)
        {
            var length = text[start..].IndexOfAnyExceptInRange((byte)'a', (byte)'z');
            length = length < 0 ? text.Length - start : length;
            if (length >= NameTagger.ShortestSmall)
            {
                var lists = Find(WordHash.Of(text.Slice(start, Math.Min(length, WordHash.Longest))));
                if ((lists & NameTagger.Telling) != 0 && (lists & NameLists.Word) == 0)
                {
                    return true;
                }
            }

            start += length + 1;
        }

        return false;
    }

    /// <summary>An empty table for so many words.</summary>
    public static uint[] NewLists(int words) => new uint[System.Numerics.BitOperations.RoundUpToPowerOf2((uint)words * 5 / 4)];

    /// <summary>Adds a word to a table.</summary>
    public static void Add(uint[] table, uint hash, NameLists lists)
    {
        var mask = (uint)table.Length - 1;
        var slot = hash & mask;
        while (table[slot] != 0 && table[slot] >> 8 != hash >> 8)
        {
            slot = (slot + 1) & mask;
        }

        table[slot] = (table[slot] & 0xFF) | (uint)lists | (hash >> 8 << 8);
    }

    /// <summary>The bytes that <see cref="Read"/> takes.</summary>
    public byte[] ToBytes()
    {
        var lists = MemoryMarshal.AsBytes<uint>(_lists);
        var weights = MemoryMarshal.AsBytes<short>(_weights);
        var bytes = new byte[Header + lists.Length + weights.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), _lists.Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), _weights.Length);
        lists.CopyTo(bytes.AsSpan(Header));
        weights.CopyTo(bytes.AsSpan(Header + lists.Length));
        return bytes;
    }

    /// <summary>A model from its bytes.</summary>
    /// <exception cref="InvalidDataException">They are no model of this version.</exception>
    public static NameModel Read(Stream stream)
    {
        Span<byte> header = stackalloc byte[Header];
        stream.ReadExactly(header);
        var lists = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        var weights = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != Magic || !int.IsPow2(lists) || !int.IsPow2(weights) || Header + (4L * lists) + (2L * weights) != stream.Length || !BitConverter.IsLittleEndian)
        {
            throw new InvalidDataException("The name model is not of this version. Run: make train");
        }

        var model = new NameModel(new uint[lists], new short[weights]);
        stream.ReadExactly(MemoryMarshal.AsBytes(model._lists.AsSpan()));
        stream.ReadExactly(MemoryMarshal.AsBytes(model._weights.AsSpan()));
        return model;
    }

    private static NameModel Load()
    {
        using var stream = typeof(NameModel).Assembly.GetManifestResourceStream("names.model")
            ?? throw new InvalidDataException("The name model is not in the assembly. Run: make train");
        var model = Read(stream);
        model.Add(Medicines.Medical, NameLists.Medical);
        model.Add(Medicines.Plain, NameLists.Word);
        return model;
    }

    // Before any thread asks; the table has room for a quarter more words than it was made of.
    private void Add(string words, NameLists lists)
    {
        Span<char> buffer = stackalloc char[WordHash.Longest];
        foreach (var range in words.AsSpan().SplitAny(" \r\n"))
        {
            var word = words.AsSpan()[range];
            var hash = WordHash.Of(buffer[..WordHash.Fold(word, buffer)]);
            if (!word.IsEmpty && (Search(hash) & (NameLists.CommonGiven | NameLists.CommonFamily)) == 0)
            {
                Add(_lists, hash, lists);
            }
        }
    }
}

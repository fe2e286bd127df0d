using Chaperone.Masking.Deep;
using Chaperone.Masking.Tagging;
using Chaperone.Masking.Words;

namespace Chaperone.Masking;

/// <summary>
/// Names and numbers that a key, label or cue has given away; wherever else they stand in the payload, or in the other
/// message of the same call, they are masked too. Not thread-safe; one per call.
/// </summary>
public sealed class KnownValues
{
    // A number of no kind that has fewer digits is the name of a system: "3DHISTECH".
    private const int LeastDigitsOfId = 2;

    private const int Most = 50_000;
    private const int LongestId = 64;
    private const int StartBits = 4096;

    // By hash: the book need not hold the values themselves.
    private readonly KnownTable<Entry> _entries = new();

    // A bit for each beginning of a known word: tells most words of a text apart without a hash.
    private readonly ulong[] _starts = new ulong[StartBits / 64];

    private DeepReading? _deep;

    /// <summary>What <paramref name="tier"/> makes of the texts of the call; null where there is none.</summary>
    internal DeepReading? Reading(DeepTier? tier) => tier is null ? null : _deep ??= new DeepReading(tier);

    /// <summary>Forgets all, to be used for another message.</summary>
    internal KnownValues Cleared()
    {
        _deep = null;
        if (_entries.Count > 0)
        {
            _entries.Clear();
            Array.Clear(_starts);
        }

        return this;
    }

    /// <summary>How many words it knows; only grows.</summary>
    public int Count => _entries.Count;

    /// <summary>
    /// Learns every word of a person's name that no other word of the language is likely to be; with <paramref name="doubt"/>,
    /// the lists of names and words, only those that are names and nothing else.
    /// </summary>
    internal void AddName(ReadOnlySpan<char> name, NameModel? doubt = null)
    {
        // An address in the place of a name teaches no names.
        if (name.Contains("://", StringComparison.Ordinal) || name.Contains('@'))
        {
            return;
        }

        var start = -1;
        for (var i = 0; i <= name.Length; i++)
        {
            if (i < name.Length && (char.IsLetterOrDigit(name[i]) || name[i] is '\'' or '’' or '-'))
            {
                start = start < 0 ? i : start;
            }
            else if (start >= 0)
            {
                AddNameWord(name[start..i].Trim("'’-"), doubt);
                start = -1;
            }
        }
    }

    /// <summary>Learns an identifying number; short ones are too common elsewhere to be followed.</summary>
    internal void AddId(ReadOnlySpan<char> value, Identifier identifier)
    {
        value = value.Trim();
        if (value.Length is < 5 or > LongestId || !value.ContainsAnyInRange('0', '9') || value.Contains(' ') || !value.ContainsAnyInRange('1', '9')
            || (identifier == Identifier.Id && Masks.Shapes.CountDigits(value) < LeastDigitsOfId))
        {
            return;
        }

        Add(value, new Entry(identifier, IsName: false, Count));
    }

    /// <summary>False where no known word begins with these two characters.</summary>
    internal bool MayStart(char first, char second)
    {
        var start = Start(first, second);
        return (_starts[start >> 6] & (1UL << (start & 63))) != 0;
    }

    /// <summary>False where no known word begins in a text of small ASCII letters.</summary>
    internal bool MayHold(ReadOnlySpan<byte> text)
    {
        var inside = false;
        for (var i = 0; i + 1 < text.Length; i++)
        {
            var letter = char.IsAsciiLetterOrDigit((char)text[i]);
            if (letter && !inside && MayStart((char)text[i], (char)text[i + 1]))
            {
                return true;
            }

            inside = letter;
        }

        return false;
    }

    /// <summary>What <paramref name="word"/> is known to be.</summary>
    internal bool TryFind(ReadOnlySpan<char> word, out Entry entry)
    {
        if (_entries.Count == 0)
        {
            entry = default;
            return false;
        }

        return _entries.TryGetValue(Hash(word), out entry);
    }

    private void AddNameWord(ReadOnlySpan<char> word, NameModel? doubt)
    {
        // A name that is one in a record only, "Zq4711x", is followed like a number.
        if (doubt is null && IsIdentifierLike(word))
        {
            AddId(word, Identifier.Name);
            return;
        }

        if (word.Length < 3 || !char.IsLetter(word[0]) || CommonWords.Contains(word) || IsIdentifierLike(word)
            || (doubt is not null && (doubt.Find(word) & (NameLists.Word | NameLists.Medical | NameLists.Region)) != 0))
        {
            return;
        }

        Add(word, new Entry(Identifier.Name, IsName: true, Count));
    }

    // "CodeSystem", "HL70005", "Floor5": put together by a programmer. "McKenzie" and Synthea's "Antonia30" are not.
    private static bool IsIdentifierLike(ReadOnlySpan<char> word)
    {
        var digits = word.IndexOfAnyInRange('0', '9');
        if (digits >= 0)
        {
            return !Detectors.NameReader.IsNumbered(word);
        }

        for (var i = 4; i < word.Length; i++)
        {
            if (char.IsUpper(word[i]) && char.IsLower(word[i - 1]))
            {
                return true;
            }
        }

        return false;
    }

    private void Add(ReadOnlySpan<char> word, Entry entry)
    {
        if (_entries.Count < Most)
        {
            _entries.TryAdd(Hash(word), entry);
            var start = Start(word[0], word[1]);
            _starts[start >> 6] |= 1UL << (start & 63);
        }
    }

    private static int Start(char first, char second) => ((Fold(first) * 67) + Fold(second)) & (StartBits - 1);

    private static int Fold(char c) => c < 0x80 ? c is >= 'A' and <= 'Z' ? c | 0x20 : c : 0x80;

    // FNV-1a of 64 bits, without case.
    private static ulong Hash(ReadOnlySpan<char> word)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in word)
        {
            hash = (hash ^ (c < 0x80 ? (char)(c is >= 'A' and <= 'Z' ? c | 0x20 : c) : char.ToLowerInvariant(c))) * 1099511628211UL;
        }

        return hash ^ (hash >> 32);
    }

    /// <summary>What a known word stands for, and how many were known before it.</summary>
    internal readonly record struct Entry(Identifier Identifier, bool IsName, int Order);
}

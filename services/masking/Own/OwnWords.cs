using Chaperone.Masking.Words;

namespace Chaperone.Masking.Own;

/// <summary>Words and phrases that an operator named, found in texts whatever their case and the blanks between their words. Immutable and thread-safe.</summary>
internal sealed class OwnWords
{
    private readonly Dictionary<string, List<(string[] Words, Identifier Identifier)>> _byFirst = new(StringComparer.OrdinalIgnoreCase);

    public OwnWords(IEnumerable<(string Text, Identifier Identifier)> phrases)
    {
        var scan = new TextScan();
        foreach (var (text, identifier) in phrases)
        {
            scan.Load(text);
            var words = new string[scan.WordCount];
            for (var i = 0; i < words.Length; i++)
            {
                words[i] = scan.WordText(i).ToString();
            }

            if (words.Length > 0)
            {
                (_byFirst.TryGetValue(words[0], out var others) ? others : _byFirst[words[0]] = []).Add((words, identifier));
            }
        }
    }

    public bool IsEmpty => _byFirst.Count == 0;

    /// <summary>Calls <paramref name="found"/> with the place of each phrase in <paramref name="scan"/>.</summary>
    public void Find(TextScan scan, Action<int, int, Identifier> found)
    {
        var lookup = _byFirst.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i < scan.WordCount; i++)
        {
            if (!lookup.TryGetValue(scan.WordText(i), out var phrases))
            {
                continue;
            }

            foreach (var (words, identifier) in phrases)
            {
                if (Stands(scan, i, words))
                {
                    found(scan.Words[i].Start, scan.Words[i + words.Length - 1].End, identifier);
                }
            }
        }
    }

    private static bool Stands(TextScan scan, int index, string[] words)
    {
        if (index + words.Length > scan.WordCount)
        {
            return false;
        }

        for (var i = 1; i < words.Length; i++)
        {
            if (!scan.Is(index + i, words[i]) || scan.GapAfter(index + i - 1).Length > 3)
            {
                return false;
            }
        }

        return true;
    }
}

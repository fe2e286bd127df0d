using System.Globalization;
using Chaperone.Masking;

namespace Chaperone.Cli;

/// <summary>What a scan found, in numbers.</summary>
internal sealed class ScanStatistics(TimeProvider time)
{
    private readonly SortedDictionary<string, long> _types = new(StringComparer.Ordinal);
    private long _texts;
    private long _characters;
    private TimeSpan _spent;

    /// <summary>Texts that could not be masked.</summary>
    public long Withheld { get; private set; }

    /// <summary>Runs <paramref name="scan"/> on <paramref name="text"/> and counts what comes of it.</summary>
    public ScannedText Count(string text, Func<string, ScannedText> scan)
    {
        var start = time.GetTimestamp();
        var scanned = scan(text);
        _spent += time.GetElapsedTime(start);
        _texts++;
        _characters += text.Length;
        Withheld += scanned.Reason == WithheldReason.None ? 0 : 1;
        foreach (var finding in scanned.Findings)
        {
            _types[finding.Type] = _types.GetValueOrDefault(finding.Type) + 1;
        }

        return scanned;
    }

    /// <summary>One line a type, then the totals.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (var (type, count) in _types)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{type,-12} {count}");
        }

        var speed = _spent > TimeSpan.Zero ? _characters / _spent.TotalSeconds / 1e6 : 0;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{_texts} {(_texts == 1 ? "text" : "texts")}, {_characters} characters in {_spent.TotalMilliseconds:0.0} ms ({speed:0.0} million characters a second); withheld: {Withheld}");
    }
}

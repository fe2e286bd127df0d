using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Deep;

/// <summary>The deep tier at work on one call: how much of its time is spent, and what it made of the texts it has read. Not thread-safe.</summary>
internal sealed class DeepReading(DeepTier tier)
{
    // Words by themselves are no text that a model could read: "In progress", "Ward 4 West".
    private const int WordsOfField = 4;
    private const int WordsOfText = 2;

    // Chinese, Japanese or Thai has no blanks between its words: a clause is one word to the engine.
    private const int LengthWithoutBlanks = 8;

    // By digest: a text of the call comes by in every walk, and for caller and record.
    private readonly Dictionary<UInt128, DeepText> _read = [];

    /// <summary>Time spent so far.</summary>
    public TimeSpan Spent { get; private set; }

    /// <summary>
    /// Adds what the model finds to <paramref name="spans"/>, which hold what the engine found: nothing of that is taken away. Where the model does not
    /// come to an end, the whole text is a find, or the tally says that it was not read; then the answer is false.
    /// </summary>
    public bool Add(TextScan scan, TextSpans spans, FindingTally tally)
    {
        if (scan.WordCount < (scan.IsField ? WordsOfField : WordsOfText) && !(scan.IsFolded && scan.Length >= LengthWithoutBlanks && DeepWords.HasNoBlanks(scan.Text)))
        {
            return true;
        }

        var text = Read(scan);
        if (text.Outcome == DeepOutcome.Read)
        {
            foreach (var find in text.Finds)
            {
                spans.Add(find.Start, find.End, find.Identifier, find.Score);
            }

            return true;
        }

        if (tier.Withholds)
        {
            spans.Clear();
            spans.Add(0, scan.Length, Identifier.Withheld, MaskRun.Certain);
        }
        else
        {
            tally.Add(Identifier.Unread, MaskRule.Deep, MaskRun.Certain);
        }

        return false;
    }

    private DeepText Read(TextScan scan)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(scan.Text), digest);
        var key = MemoryMarshal.Read<UInt128>(digest);
        if (!_read.TryGetValue(key, out var text))
        {
            text = tier.Read(scan.Text, scan.Tags, tier.TimeBudget - Spent, out var spent);
            Spent += spent;
            _read.Add(key, text);
        }

        return text;
    }
}

using System.Globalization;

namespace Chaperone.Masking.Deep;

/// <summary>How likely each word of a text is of a class, and of which: the surest of its tokens, in the surest of the windows that hold it, decides.</summary>
internal sealed class DeepVotes(int words)
{
    private const int OldestAge = 89;
    private const int YearLength = 4;

    private static readonly int Classes = Enum.GetValues<Identifier>().Length;

    private readonly (Identifier Identifier, float Likely, bool Begins)[] _best = new (Identifier, float, bool)[words];

    /// <summary>Counts what the model says of one token of a word.</summary>
    public void Add(int word, ReadOnlySpan<float> logits, DeepLabels labels, bool isFirst)
    {
        // Softmax; B- and I- of a class are one.
        Span<float> likely = stackalloc float[Classes];
        likely.Clear();
        var best = 0;
        for (var i = 1; i < logits.Length; i++)
        {
            best = logits[i] > logits[best] ? i : best;
        }

        var sum = 0f;
        for (var i = 0; i < logits.Length; i++)
        {
            var weight = MathF.Exp(logits[i] - logits[best]);
            sum += weight;
            likely[(int)labels[i]] += weight;
        }

        // A model that cannot tell a place from a person is sure all the same that the word must go: all classes count, and the likeliest names it.
        var (all, top) = (0f, 1);
        for (var i = 1; i < Classes; i++)
        {
            all += likely[i];
            top = likely[i] > likely[top] ? i : top;
        }

        if (Math.Min(all / sum, 1f) is var share && share > _best[word].Likely)
        {
            _best[word] = ((Identifier)top, share, isFirst && labels.Begins(best));
        }
    }

    /// <summary>The words that reach <paramref name="threshold"/>, those of one find together.</summary>
    public List<DeepFind> ToFinds(ReadOnlySpan<char> text, ReadOnlySpan<DeepWord> at, IReadOnlyList<(int Start, int End)> masked, float threshold)
    {
        var finds = new List<DeepFind>();
        for (var i = 0; i < at.Length; i++)
        {
            if (!Reaches(i, at, masked, threshold))
            {
                continue;
            }

            var first = i;
            var least = _best[i].Likely;
            while (i + 1 < at.Length && Reaches(i + 1, at, masked, threshold) && _best[i + 1].Identifier == _best[first].Identifier && !_best[i + 1].Begins
                && !text[at[i].End..at[i + 1].Start].Contains('\n'))
            {
                least = Math.Min(least, _best[++i].Likely);
            }

            Add(text, at[first].Start, at[i].End, _best[first].Identifier, least, finds);
        }

        return finds;
    }

    private bool Reaches(int word, ReadOnlySpan<DeepWord> at, IReadOnlyList<(int Start, int End)> masked, float threshold)
    {
        if (_best[word].Likely < threshold)
        {
            return false;
        }

        foreach (var (start, end) in masked)
        {
            if (at[word].Start < end && at[word].End > start)
            {
                return false;
            }
        }

        return true;
    }

    // Signs at its ends are no part of a find, and a year or an age under 90 may stay (45 CFR 164.514(b)(2)(i)(C)).
    private static void Add(ReadOnlySpan<char> text, int start, int end, Identifier identifier, float likely, List<DeepFind> finds)
    {
        while (start < end && !char.IsLetterOrDigit(text[start]))
        {
            start++;
        }

        while (end > start && !char.IsLetterOrDigit(text[end - 1]))
        {
            end--;
        }

        var value = text[start..end];
        var stays = identifier switch
        {
            Identifier.Date => value.Length == YearLength && !value.ContainsAnyExceptInRange('0', '9'),
            Identifier.Age => MayStay(value),
            _ => false,
        };
        if (start < end && !stays)
        {
            finds.Add(new DeepFind(start, end, identifier, likely));
        }
    }

    // Each of its numbers, and without any the words that begin with ninety.
    private static bool MayStay(ReadOnlySpan<char> age)
    {
        if (age.IndexOfAnyInRange('0', '9') < 0)
        {
            return !age.Contains("ninet", StringComparison.OrdinalIgnoreCase) && !age.Contains("hundred", StringComparison.OrdinalIgnoreCase);
        }

        for (var from = age.IndexOfAnyInRange('0', '9'); from >= 0; from = age.IndexOfAnyInRange('0', '9'))
        {
            age = age[from..];
            var length = age.IndexOfAnyExceptInRange('0', '9') is var behind and >= 0 ? behind : age.Length;
            if (!int.TryParse(age[..length], NumberStyles.None, CultureInfo.InvariantCulture, out var years) || years > OldestAge)
            {
                return false;
            }

            age = age[length..];
        }

        return true;
    }
}

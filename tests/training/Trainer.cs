using Chaperone.Masking;
using Chaperone.Masking.Detectors;
using Chaperone.Masking.Tagging;
using Chaperone.Masking.Words;

namespace Chaperone.Training;

/// <summary>An averaged perceptron: wrong guesses move the weights, and what counts is their mean over all steps.</summary>
internal sealed class Trainer
{
    private const int Rows = 1 << 18;
    private const int Scale = 24;
    private const int Most = short.MaxValue;
    private const int Tags = (int)NameTag.InOrganisation + 1;

    private readonly int[] _weights = new int[Rows * NameModel.Row];
    private readonly long[] _totals = new long[Rows * NameModel.Row];
    private readonly uint[] _lists;
    private readonly TextUnits _units;
    private readonly TextSpans _masked = new();
    private readonly TextScan _scan = new();
    private long _step = 1;

    public Trainer(uint[] lists)
    {
        _lists = lists;
        _units = new TextUnits(new NameModel(lists, new short[NameModel.Row]));
    }

    public long Learn(Sample sample)
    {
        _scan.Load(sample.Text);
        _masked.Clear();
        if (_step % 4 == 0)
        {
            MaskSome(sample);
        }

        _units.Load(_scan, _masked);
        var gold = Gold(_scan, _units, sample);
        Span<uint> features = stackalloc uint[Features.Count];
        var wrong = 0L;
        NameTag tag1 = NameTag.Outside, tag2 = NameTag.Outside;
        for (var i = 0; i < _units.Count; i++)
        {
            var guess = NameTag.Outside;
            if (NameTagger.IsCandidate(_scan, _units, i, tag1))
            {
                NameTagger.Fill(features, _units, i, tag1, tag2);
                guess = Best(features, tag1, NameTagger.Continues(_scan, _units, i));
                _step++;
                if (guess != gold[i])
                {
                    wrong++;
                    Move(features, gold[i], 1);
                    Move(features, guess, -1);
                }
            }

            // Learns behind its own guesses now and then, so that one error does not bring the next.
            tag2 = tag1;
            tag1 = _step % 3 == 0 ? guess : gold[i];
        }

        return wrong;
    }

    // As rules and earlier passes do: every other name is masked before the tagger looks.
    private void MaskSome(Sample sample)
    {
        foreach (var span in sample.Spans.Where((_, i) => (_step + i) % 2 == 0))
        {
            var first = _scan.Words.ToArray().FirstOrDefault(w => _scan.ToSource(w.Start, w.End).Start >= span.Start);
            var last = _scan.Words.ToArray().LastOrDefault(w => _scan.ToSource(w.Start, w.End).End <= span.End);
            _masked.Add(first.Start, last.End, Identifier.Name);
        }
    }

    public NameModel ToModel()
    {
        var weights = new short[_weights.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            var mean = _weights[i] - ((double)_totals[i] / _step);
            weights[i] = (short)Math.Clamp(Math.Round(mean * Scale), -Most, Most);
        }

        return new NameModel(_lists, weights);
    }

    /// <summary>The tags of a sample's units; a title before a name is no part of it.</summary>
    public static NameTag[] Gold(TextScan scan, TextUnits units, Sample sample)
    {
        var tags = new NameTag[units.Count];
        foreach (var span in sample.Spans)
        {
            var inside = false;
            for (var i = 0; i < units.Count; i++)
            {
                var word = units.WordOf(i);
                if (word < 0)
                {
                    continue;
                }

                var (start, end) = scan.ToSource(scan.Words[word].Start, scan.Words[word].End);
                if (start >= span.End || end <= span.Start || (!inside && span.Tag == NameTag.Person && NameReader.IsTitle(scan.WordText(word))))
                {
                    continue;
                }

                tags[i] = inside && NameTagger.Continues(scan, units, i) ? span.Tag + 1 : span.Tag;
                inside = true;
            }
        }

        return tags;
    }

    private NameTag Best(ReadOnlySpan<uint> features, NameTag before, bool continues)
    {
        Span<int> sum = stackalloc int[NameModel.Row];
        foreach (var feature in features)
        {
            var row = (int)(feature & (Rows - 1)) * NameModel.Row;
            for (var tag = 0; tag < Tags; tag++)
            {
                sum[tag] += _weights[row + tag];
            }
        }

        var best = NameTag.Outside;
        for (var tag = 1; tag < Tags; tag++)
        {
            if (sum[tag] > sum[(int)best] && NameTagger.Follows(before, (NameTag)tag, continues))
            {
                best = (NameTag)tag;
            }
        }

        return best;
    }

    private void Move(ReadOnlySpan<uint> features, NameTag tag, int by)
    {
        foreach (var feature in features)
        {
            var at = ((int)(feature & (Rows - 1)) * NameModel.Row) + (int)tag;
            _weights[at] += by;
            _totals[at] += by * _step;
        }
    }
}

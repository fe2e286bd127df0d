using System.Buffers;
using Chaperone.Masking.Detectors;

namespace Chaperone.Masking.Words;

/// <summary>Masks running text with a list of detectors. Not thread-safe: one per <see cref="TextMasker"/> in use.</summary>
internal sealed class FreeText(ITextDetector[] detectors, Tagging.TaggedNames tagged, Own.OwnRuleSet? own = null, bool deep = false)
{
    private const int MostPasses = 4;

    // What a text without digits, capitals and at signs needs to hold anything: a label, a bracketed "at", an address.
    private static readonly SearchValues<char> Marks = SearchValues.Create(":=([/");

    // The same in words.
    private static readonly SearchValues<string> Openings = SearchValues.Create(["www.", " dot ", "ninety", "hundred", "zero", "seven", "eight", " nine ", "mrs", "mr ", "mr. ", "dr ", "dr. ", "nurse ", "doctor ", "march", "june", "july", "april", "august", "ember "], StringComparison.Ordinal);

    private readonly (ITextDetector Detector, MaskRule Rule, bool Always)[] _detectors =
        [.. detectors.Select(d => (d, RuleOf(d), d is SecretDetector or UrlDetector or EmailDetector or LabelDetector or Own.OwnDetector))];

    private readonly TextScan _scan = new();
    private readonly TextSpans _spans = new();

    /// <summary>The operator's own rules; null where there are none.</summary>
    public Own.OwnRuleSet? OwnRules => own;

    /// <summary>True where no text may be passed over: the operator's own rules or model look at every one.</summary>
    public bool LooksAtAll => own is not null || deep;

    /// <summary>The lists of names.</summary>
    public Tagging.NameModel Names => tagged.Model;

    /// <summary>Adds the masks of <paramref name="part"/> to <paramref name="edits"/>. Of a <paramref name="field"/> that is one identifier the shape is kept; <paramref name="bare"/> words have no sentence around them; <paramref name="coded"/> ones stand in a coded element, where numbers are codes and words their meaning. What is not to be <paramref name="read"/> is a key or a part of an address: the operator's model is not asked about it. True where nothing was found.</summary>
    public bool Mask(TextPart part, TextEdits edits, MaskRun run, bool field = false, bool bare = false, bool coded = false, bool read = true)
    {
        _scan.Load(part.Text);
        _scan.IsField = field || bare;
        _spans.Clear();
        if (own is not null || _scan.HasDigit || _scan.HasCapital || _scan.HasAt || part.Text.ContainsAny(Marks) || part.Text.ContainsAny(Openings))
        {
            foreach (var (detector, rule, always) in _detectors)
            {
                if (!coded || always)
                {
                    _spans.Rule = rule;
                    detector.Find(_scan, _spans);
                }
            }
        }

        // What is found gives away more of the same text; what other texts give away later, another walk finds.
        var known = run.Known;
        var learnt = 0;
        var settled = false;
        for (var (pass, before) = (0, -1); known.Count > before && pass < MostPasses; pass++)
        {
            before = known.Count;
            _spans.Rule = MaskRule.Known;
            var found = _spans.Count;
            KnownWords.Find(_scan, _spans, known, coded);
            if (!coded)
            {
                // Where what is known lies inside what was found, the rest reads as it did.
                if (!settled || !_spans.CoverFrom(found))
                {
                    _spans.Rule = MaskRule.Tagger;
                    settled = tagged.Find(_scan, _spans);
                }

                var kept = _spans.Count;
                _spans.DropShielded();
                _spans.DropTechnical(_scan, Tagging.TaggedNames.Score);
                settled &= _spans.Count == kept;
                Learn(run, learnt);
                learnt = _spans.Count;
            }
        }

        run.Looked();
        _spans.Rule = MaskRule.Deep;
        var clear = (coded || !read || run.Deep?.Add(_scan, _spans, run.Tally) is not false) && _spans.Count == 0;
        own?.Allowed.Find(_scan, (start, end, _) => _spans.RemoveInside(start, end));
        _spans.Remove(run.Exempt);
        if (_spans.Count == 0)
        {
            return clear;
        }

        run.CheckTime();
        _spans.Settle();
        Cut(part, edits, run, field, coded);
        return false;
    }

    /// <summary>Frees large buffers, so that one long text does not stay in memory.</summary>
    public void Trim() => _scan.Trim();

    /// <summary>True where no word of a text has become known after the first <paramref name="since"/>.</summary>
    public bool HoldsNothingNew(ReadOnlySpan<char> text, KnownValues known, int since)
    {
        if (known.Count == since)
        {
            return true;
        }

        _scan.Load(text);
        return !KnownWords.Any(_scan, known, since);
    }

    /// <summary>True where no word of a text is known.</summary>
    public bool HoldsNothingKnown(ReadOnlySpan<char> text, KnownValues known)
    {
        _scan.Load(text);
        _spans.Clear();
        KnownWords.Find(_scan, _spans, known, coded: false);
        return _spans.Count == 0;
    }

    private static MaskRule RuleOf(ITextDetector detector) => detector switch
    {
        LabelDetector => MaskRule.Label,
        Own.OwnDetector => MaskRule.Own,
        _ => MaskRule.Pattern,
    };

    private void Cut(TextPart part, TextEdits edits, MaskRun run, bool field, bool coded)
    {
        var person = run.Person;
        run.Person ??= run.Form.FollowsPeople ? PersonOfText() : null;
        for (var i = 0; i < _spans.Count; i++)
        {
            var span = _spans[i];
            var value = _scan.Text[span.Start..span.End];
            var whole = field && _spans.Count == 1 && span.Start == 0 && span.End == _scan.Length;
            var mask = whole ? run.Form.InField(span.Identifier, value, run.Scene) : run.Form.InText(span.Identifier, value, run.Scene);
            // Known names are followed everywhere, but a lone word of a code's meaning is a unit or a drug.
            if (coded && span.Identifier == Identifier.Name && !value.Contains(' '))
            {
                continue;
            }

            // What is a UUID and nothing else is its key's affair: masked, it would break whoever works with it.
            if (span.Start == 0 && span.End == _scan.Length && span.Identifier == Identifier.Id && Masks.Shapes.IsUuid(value))
            {
                continue;
            }

            if (value.SequenceEqual(mask) || value.SequenceEqual(run.Context.ApprovalId))
            {
                continue;
            }

            run.Tally.Add(span.Identifier, span.Rule, span.Score);
            var (start, end) = _scan.ToSource(span.Start, span.End);
            edits.Add(part.At + start, part.At + end, mask, span.Identifier, span.Score);
        }

        run.Person = person;
    }

    // A text that holds one number of a record is about that person.
    private string? PersonOfText()
    {
        for (var i = 0; i < _spans.Count; i++)
        {
            if (_spans[i].Identifier == Identifier.Mrn)
            {
                return $"{Identifier.Mrn.Name()} {Masks.Spelling.Of(Identifier.Mrn, _scan.Text[_spans[i].Start.._spans[i].End])}";
            }
        }

        return null;
    }

    // What stood in an earlier pass was learnt then, and stands before what is new.
    private void Learn(MaskRun run, int from)
    {
        for (var i = from; i < _spans.Count; i++)
        {
            var span = _spans[i];
            var value = _scan.Text[span.Start..span.End];
            switch (span.Identifier)
            {
                case Identifier.Name:
                    run.Known.AddName(value, span.Score > Tagging.TaggedNames.Score ? null : tagged.Model);
                    break;
                case Identifier.Mrn or Identifier.Plan or Identifier.Account or Identifier.License or Identifier.Id or Identifier.Ssn or Identifier.Secret when !value.SequenceEqual(run.Context.ApprovalId):
                    run.Known.AddId(value, span.Identifier);
                    break;
            }
        }
    }
}

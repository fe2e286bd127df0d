using Chaperone.Masking.Keys;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Values behind a label of the key lexicon: <c>MRN: 12345</c>, <c>Patient Name: Smith, John</c>, <c>acct no 4417</c>, <c>password=hunter2</c>. The label decides, whatever the value looks like.</summary>
internal sealed class LabelDetector(KeyLexicon lexicon) : ITextDetector
{
    private const int MostLabelWords = 4;

    // A power of two: a number asks for what stands before itself and two words before it.
    private const int GapsKept = 4;

    // End a sentence's part before a label: "the records show ID: 987654".
    private static readonly WordSet Verbs = "show shows showed is are was were has have had see lists listed under with and by".Split(' ').ToWordSet();

    private static readonly KeyRule RecordNumber = new(KeyUse.Mask, Identifier.Mrn);
    private static readonly KeyRule SocialNumber = new(KeyUse.Mask, Identifier.Ssn);

    public void Find(TextScan scan, TextSpans spans)
    {
        var list = default(LabelledList);
        Span<(int First, LabelGap Gap)> gaps = stackalloc (int, LabelGap)[GapsKept];
        gaps.Fill((-1, default));
        for (var i = 0; i < scan.WordCount; i++)
        {
            if (scan.Words[i].HasDigit)
            {
                var before = spans.Count;
                var last = Number(scan, spans, i, gaps);
                if (spans.Count == before && list.Continues(scan, i) && LabelValue.Whole(scan, i, i) is var item and >= 0)
                {
                    last = item;
                    spans.Add(scan.Words[i].Start, scan.Words[item].End, list.Identifier);
                }

                if (spans.Count > before)
                {
                    list = new LabelledList(scan, i, last, spans[spans.Count - 1].Identifier);
                }

                i = Math.Max(i, last);
            }

            if (EndsWithMark(scan, i, out var mark))
            {
                Marked(scan, spans, i, mark);
            }
        }
    }

    // A label before a number; answers the last word taken.
    private int Number(TextScan scan, TextSpans spans, int index, Span<(int First, LabelGap Gap)> gaps)
    {
        for (var first = index; first >= Math.Max(0, index - 2); first--)
        {
            if (first < index && !LabelValue.Continues(scan, first, index))
            {
                break;
            }

            ref var kept = ref gaps[first & (GapsKept - 1)];
            kept = kept.First == first ? kept : (first, Before(scan, first));
            var gap = kept.Gap;
            if (gap.Label < 0)
            {
                continue;
            }

            var (from, rule) = Rule(scan, gap, index);
            if (IsCount(scan, gap, rule, first) || (gap.Below && !LabelGap.IsOwnLine(scan, from, gap.Label)))
            {
                continue;
            }

            if (rule.Use == KeyUse.Person && IsLogin(scan, gap.Label) && LabelValue.LoginEnd(scan, scan.Words[first].Start) is var login && login > scan.Words[first].Start)
            {
                spans.Add(scan.Words[first].Start, login, Identifier.Id);
                return Math.Max(index, scan.WordFrom(login) - 1);
            }

            if (ReferenceEquals(rule, WeakLabels.Shown))
            {
                spans.Add(scan.Words[first].Start, scan.Words[index].End, Identifier.Id);
                return index;
            }

            var last = LabelValue.Extent(scan, index, rule, gap.Marked, first, login: gap.Marked && IsLogin(scan, gap.Label));
            if (last >= index)
            {
                spans.Add(LabelValue.Start(scan, first), scan.Words[last].End, LabelValue.TypeOf(rule));
                return last;
            }
        }

        return Behind(scan, spans, index);
    }

    // What stands before a word, without a label where none can end.
    private LabelGap Before(TextScan scan, int first)
    {
        var gap = LabelGap.Before(scan, first);
        var none = gap.Label < 0
            || !(lexicon.MayEnd(scan.WordText(gap.Label)) || IsShort(scan, gap.Label) || gap.Numbered || WeakLabels.Contains(scan.WordText(gap.Label)))
            || (!gap.Numbered && EndsInNothing(scan, gap.Label));
        return none ? LabelGap.None : gap;
    }

    // A label behind the number; the number starts where its first part does.
    private int Behind(TextScan scan, TextSpans spans, int index)
    {
        if (index > 0 && scan.GapAfter(index - 1) is "." or "/" or ":")
        {
            return index;
        }

        var first = index;
        while (first > 0 && first > index - 2 && scan.GapAfter(first - 1) is "-" or "_")
        {
            first--;
        }

        // Most numbers have none behind them, which is told before it is asked whether they are dates.
        var whole = LabelBehind.MayFollow(scan, LabelValue.EndOfWhole(scan, index)) ? LabelValue.Whole(scan, index, first) : -1;
        if (whole < index)
        {
            return index;
        }

        var rule = LabelBehind.Find(scan, whole, lexicon);
        if (rule.Use == KeyUse.None)
        {
            return index;
        }

        spans.Add(LabelValue.Start(scan, first), scan.Words[whole].End, rule.Identifier);
        return whole;
    }

    private (int From, KeyRule Rule) Rule(TextScan scan, LabelGap gap, int index)
    {
        var label = gap.Label;
        var from = First(scan, label);
        var rule = lexicon.Find(scan.Text[scan.Words[from].Start..scan.Words[label].End]);
        if (rule.Use != KeyUse.Mask && gap.Numbered && rule.Use != KeyUse.Person)
        {
            Span<char> buffer = stackalloc char[KeyWords.Room];
            var words = KeyWords.Normalise(scan.Text[scan.Words[from].Start..scan.Words[label].End], buffer).Length;
            rule = words == 0 ? rule : With(" number", buffer, words) is { Use: KeyUse.Mask } numbered ? numbered : With(" id", buffer, words) is { Use: KeyUse.Mask } named ? named : rule;
        }

        if (rule.Use != KeyUse.Mask && WeakLabels.Rule(scan, label, index, gap.Marked) is { } weak)
        {
            rule = weak;
        }

        if (rule.Use == KeyUse.None && IsShort(scan, label) && Masks.Shapes.CountDigits(scan.WordText(index)) is var digits)
        {
            rule = scan.WordText(label) is "MR" ? digits >= (gap.Marked ? 4 : 6) || scan.GapAfter(index) is "-" ? RecordNumber : rule : digits >= (scan.WordText(label) is "SS" ? 9 : 8) ? SocialNumber : rule;
        }

        return (from, rule);
    }

    private KeyRule With(ReadOnlySpan<char> end, Span<char> buffer, int words)
    {
        end.CopyTo(buffer[words..]);
        return lexicon.FindWords(buffer[..(words + end.Length)]);
    }

    // Most often the label before a number is another number, of a date or a telephone: keys are read without it, and the word before it tells.
    private bool EndsInNothing(TextScan scan, int label)
    {
        if (!scan.Words[label].IsNumber || scan.IsFolded)
        {
            return false;
        }

        var first = First(scan, label);
        for (var i = label - 1; i >= first; i--)
        {
            if (!scan.Words[i].IsNumber)
            {
                return scan.Words[i].IsAlpha && !lexicon.MayEnd(scan.WordText(i));
            }
        }

        return false;
    }

    // "12000 users", "users 12000" and "number 12345 in the list" count; "plate 3 with 96 wells" has no label.
    private static bool IsCount(TextScan scan, LabelGap gap, KeyRule rule, int first)
    {
        var pointed = scan.GapAfter(gap.Label).ContainsAny(":#=|") || (scan.GapAfter(gap.Label) is "/" && scan.At(scan.Words[gap.Label].Start - 1) == '/');
        return !pointed && ((rule.Use == KeyUse.Person && !gap.Marked && scan.WordText(gap.Label)[^1] is 's' or 'S') || (rule.Use == KeyUse.Guarded && !LabelValue.IsCode(scan, first)) || scan.Words[gap.Label].IsNumber);
    }

    // Too short to be keys of their own: "MR" is also a murmur, "SS" a unit of time, "BSN" a degree, "DNI" an order.
    private static bool IsShort(TextScan scan, int index) => scan.WordText(index) is "MR" or "SS" or "BSN" or "DNI" or "NIR" or "NIE";

    private void Marked(TextScan scan, TextSpans spans, int index, int mark)
    {
        if (!lexicon.MayEnd(scan.WordText(index)))
        {
            return;
        }

        var rule = lexicon.Find(Label(scan, index));
        if (rule.Use is KeyUse.None or KeyUse.Marker or KeyUse.Event || (rule.Use == KeyUse.Guarded && rule.Identifier != Identifier.Name))
        {
            return;
        }

        var value = mark;
        while (scan.At(value) is ' ' or '"' or '\'' or '*' or '\t' or '`' or '_' || (scan.At(value) == '(' && scan.At(value - 1) is '=' or ' ' && scan.GapAfter(index).StartsWith(")")))
        {
            value++;
        }

        if (value >= scan.Length || scan.At(value) is '[' or '\n' or '\r')
        {
            return;
        }

        var first = scan.WordFrom(value);
        if (rule.Use == KeyUse.Person && LabelValue.LoginEnd(scan, value) is var login && login > value)
        {
            spans.Add(value, login, Identifier.Id);
            return;
        }

        switch (rule.Identifier)
        {
            case Identifier.Name when first < scan.WordCount && scan.Words[first].Start == value:
                var last = NameReader.Read(scan, first, labelled: true, sure: rule.Use == KeyUse.Mask);
                if (last >= first && !(rule.Use == KeyUse.Guarded ? NameReader.IsThing(scan, first, last) : rule.Use == KeyUse.Person && (NameReader.IsOfMedicine(scan, first, first) || LoginCues.IsProgram(scan, first))))
                {
                    spans.Add(value, scan.Words[last].End, Identifier.Name);
                }

                break;
            case Identifier.Address:
                spans.Add(value, LabelValue.AddressEnd(scan, value), Identifier.Address);
                break;
            case Identifier.City when first < scan.WordCount && scan.Words[first].IsCapital:
                spans.Add(value, LabelValue.PlaceEnd(scan, first), Identifier.City);
                break;
            case Identifier.Secret or Identifier.Id when first < scan.WordCount && scan.Words[first].Start == value && Tagging.TaggedNames.IsOfProgram(scan.WordText(first)) && scan.GapAfter(first).TrimStart(' ') is "" or ['\n' or ',' or ')' or ';' or '=', ..]:
                break;
            case Identifier.Secret:
                spans.Add(value, LabelValue.SecretEnd(scan, value), Identifier.Secret);
                break;
            case Identifier.Id when IsLogin(scan, index):
                spans.Add(value, LabelValue.SecretEnd(scan, value), Identifier.Id);
                break;
        }
    }

    private static bool IsLogin(TextScan scan, int index) =>
        scan.Is(index, "username") || scan.Is(index, "login") || scan.Is(index, "handle") || scan.Is(index, "user") || ((scan.Is(index, "name") || scan.Is(index, "id")) && scan.Is(index - 1, "user"));

    // Where the value starts if ':' or '=' follows the word; "10:30" and "::" are none.
    private static bool EndsWithMark(TextScan scan, int index, out int mark)
    {
        mark = scan.Words[index].End;

        // As most words do, it stands a blank before the next.
        if (scan.At(mark) == ' ' && index + 1 < scan.WordCount && scan.Words[index + 1].Start == mark + 1)
        {
            return false;
        }

        while (scan.At(mark) is ' ' or '"' or '\'' or '*' or ')' or ']' or '_' or '`')
        {
            mark++;
        }

        // ":=" assigns in Go and Pascal, ":" and "=" everywhere.
        mark += scan.At(mark) == ':' && scan.At(mark + 1) == '=' ? 1 : 0;
        return scan.At(mark++) is ':' or '=' && scan.At(mark) is not (':' or '/' or '=');
    }

    private static ReadOnlySpan<char> Label(TextScan scan, int last) => scan.Text[scan.Words[First(scan, last)].Start..scan.Words[last].End];

    // Index of the first word that may belong to the label that ends in word `last`.
    private static int First(TextScan scan, int last)
    {
        var first = last;
        while (first > 0 && last - first + 1 < MostLabelWords && scan.GapAfter(first - 1) is " " or "-" or "_" or "/" or "." or "'" or "' " or "# " or "#" or ". "
            && !(scan.GapAfter(first - 1) is " " && (scan.At(scan.Words[first - 1].Start - 1) is '.' or '@' or '/' || Verbs.Contains(scan.WordText(first - 1)))))
        {
            first--;
        }

        return first;
    }
}

using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Dates finer than a year (C), in the shapes of <see cref="DateReader"/>, a lone day and month behind a cue, and a lone month behind a cue.</summary>
internal sealed class DateDetector : ITextDetector
{
    private static readonly WordSet Cues = new[]
    {
        "on", "since", "from", "until", "till", "by", "dated", "date", "dob", "born", "to", "through", "thru", "between", "before", "after", "around", "visit", "admitted", "due", "appointment", "appt", "scheduled", "starting", "started", "began", "effective", "last", "next", "surgery", "procedure", "discharged", "seen",
    }.ToWordSet();

    private static readonly WordSet MonthCues = new[]
    {
        "in", "of", "last", "since", "this", "next", "early", "late", "mid", "until", "by", "during", "from", "through", "to", "and", "every", "each",
    }.ToWordSet();

    public void Find(TextScan scan, TextSpans spans)
    {
        if (!scan.HasDigit && !scan.HasCapital)
        {
            return;
        }

        for (var i = 0; i < scan.WordCount; i++)
        {
            var word = scan.Words[i];
            if (!word.HasDigit && (!word.IsAlpha || Months.Number(scan.WordText(i)) == 0))
            {
                continue;
            }

            if (IsChained(scan, i))
            {
                continue;
            }

            if (DateReader.TryRead(scan.Text, word.Start, out var reading))
            {
                spans.Add(Weekday(scan, i), word.Start + reading.Length, Identifier.Date);
                i = Math.Max(i, scan.WordFrom(word.Start + reading.Length) - 1);
            }
            else if (word.HasDigit && ShortRange(scan, i) is var range and > 0)
            {
                spans.Add(word.Start, scan.Words[range].End, Identifier.Date);
                i = range;
            }
            else if (word.IsAlpha ? IsLoneMonth(scan, i) : IsDayAndMonth(scan, i))
            {
                var end = word.IsAlpha ? word.End : scan.Words[i + 1].End;
                var start = word.IsAlpha && scan.Is(i - 1, "of") && i > 1 && Months.IsDayWord(scan.WordText(i - 2)) ? scan.Words[i - 2].Start : word.Start;
                spans.Add(start, end, Identifier.Date);
            }
        }
    }

    // "3/4-3/9/2021": the first date borrows its year from the second. Answers the last word, 0 if it is none.
    private static int ShortRange(TextScan scan, int index)
    {
        if (index + 4 >= scan.WordCount || scan.GapAfter(index) is not "/" || scan.GapAfter(index + 1) is not ("-" or " - " or " to ") || !scan.Words[index].IsNumber || !scan.Words[index + 1].IsNumber
            || scan.Words[index].Length > 2 || scan.Words[index + 1].Length > 2 || !DateReader.TryRead(scan.Text, scan.Words[index + 2].Start, out var second))
        {
            return 0;
        }

        return scan.WordFrom(scan.Words[index + 2].Start + second.Length) - 1;
    }

    // "Thursday, March 4": the day of the week goes with the date.
    private static int Weekday(TextScan scan, int index) =>
        index > 0 && scan.GapAfter(index - 1) is " " or ", " or ". " or "., " && Months.IsWeekday(scan.WordText(index - 1)) ? scan.Words[index - 1].Start : scan.Words[index].Start;

    // "1.2.2021.3", "v2021-03", "A-2021-03-04": the digits belong to something longer.
    private static bool IsChained(TextScan scan, int index)
    {
        var start = scan.Words[index].Start;
        var before = scan.At(start - 1);
        return before is '.' or '-' or '/' or '_' && index > 0 && scan.Words[index - 1].End == start - 1 && scan.Words[index].HasDigit
            && (before != '-' || !scan.Words[index - 1].IsAlpha || scan.Words[index].Length < 4 || !scan.Words[index - 1].IsUpper)
            && !(before == '-' && EndsDate(scan, index - 1));
    }

    // "2021-03-04-2021-03-09" and "3/4/21-3/9/21" are ranges.
    private static bool EndsDate(TextScan scan, int index) =>
        index >= 2 && scan.Words[index].IsNumber && scan.GapAfter(index - 1) is "/" && scan.GapAfter(index - 2) is "/";

    private static bool IsDayAndMonth(TextScan scan, int index)
    {
        if (index == 0 || index + 1 >= scan.WordCount || scan.GapAfter(index) is not "/" || !scan.Words[index].IsNumber || !scan.Words[index + 1].IsNumber)
        {
            return false;
        }

        if (scan.Words[index].Length > 2 || scan.Words[index + 1].Length > 2 || scan.At(scan.Words[index + 1].End) == '/')
        {
            return false;
        }

        var month = int.Parse(scan.WordText(index));
        var day = int.Parse(scan.WordText(index + 1));
        return month is >= 1 and <= 12 && day is >= 1 and <= 31 && !scan.Is(index + 2, "of") && scan.GapAfter(index - 1) is " " or ": "
            && (IsToday(scan, index) || Cues.Contains(scan.WordText(index - 1)));
    }

    // "today is 5/21"
    private static bool IsToday(TextScan scan, int index) =>
        (scan.Is(index - 1, "is") || scan.Is(index - 1, "was")) && (scan.Is(index - 2, "today") || scan.Is(index - 2, "date") || scan.Is(index - 2, "visit") || scan.Is(index - 2, "birthday") || scan.Is(index - 2, "appointment"));

    private static bool IsLoneMonth(TextScan scan, int index) =>
        index > 0 && scan.Words[index].IsCapital && scan.GapAfter(index - 1) is " " or "-"
        && MonthCues.Contains(scan.WordText(index - 1));
}

using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Dates finer than a year (C), in the shapes of <see cref="DateReader"/>, a lone day and month behind a cue, and a lone month behind a cue.</summary>
internal sealed class DateDetector : ITextDetector
{
    private static readonly WordSet Cues = new[]
    {
        "on", "since", "from", "until", "till", "by", "dated", "date", "dob", "born", "to", "through", "thru", "between", "before", "after", "around", "visit", "admitted", "due", "appointment", "appt", "scheduled", "start", "starts", "starting", "started", "began", "effective", "last", "next", "surgery", "procedure", "discharged", "seen",
    }.ToWordSet();

    private static readonly WordSet MonthCues = new[]
    {
        "in", "of", "last", "since", "this", "next", "early", "late", "mid", "until", "by", "during", "from", "through", "to", "and", "every", "each",
    }.ToWordSet();

    // What happens on a day in a clinical note, and is written with no word between: "labs 4/7".
    private static readonly WordSet Events = """
        for note labs lab ct mri xr cxr us echo ekg ecg egd colonoscopy cx culture cultures bcx ucx path biopsy bx admission admit discharge dc planned fu followup exam scan imaging xray
        appt rtc lmp edd edc doa dos collected drawn resulted received given placed removed out stopped held resumed increased decreased changed switched neg negative pos positive
        transfused court hearing intake infusion expired expires exp screening screened randomized randomised enrolled consented resolved onset extubated intubated tested vaccinated called lvm saw week mon tue wed thu fri sat sun monday tuesday wednesday thursday friday saturday sunday day night morning
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToWordSet();

    // "strength 4/5", "Apgar 8/9", "retry 2/5"
    private static readonly WordSet Scores = """
        strength motor power pain score scored scores rated rating apgar apgars gcs mmse moca phq gad epworth nottingham va acuity vision retry retries attempt try step page part chapter
        question slide murmur grade ratio about sem bp scale reflexes reflex dtr dtrs pulses pulse edema rue lue rle lle ue le hf ef odds chance fraction tab take titer test tests shard batch epoch
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToWordSet();

    // "1/2 tab", "2/6 SEM", "1/2 bottles"
    private static readonly WordSet Parted = """
        of bottle bottles set sets tube tubes core cores node nodes quadrant quadrants strength tab tabs tablet tablets cup cups dose doses pack ppd systolic diastolic holosystolic murmur sem sm hsm
        edema visits days weeks months hours points point questions teaspoon tsp inch inches mile miles hour hr ns pain cm mm ml mg teaspoons way full empty th ths scale passed failed done complete completed
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToWordSet();

    // "her 12/9 infusion"
    private static readonly WordSet Followers = "visit appt appointment note notes labs lab clinic infusion surgery scan mri ct xr cxr echo ekg admission discharge encounter session hearing draw culture cultures".Split(' ').ToWordSet();

    private static readonly WordSet Versions = "version appversion ver".Split(' ').ToWordSet();

    // Of programs, but also of patients and papers: "Date of release: 2021.03.04" is a day, "release 2024.11.3" is none.
    private static readonly WordSet Releases = "release tag build".Split(' ').ToWordSet();

    [ThreadStatic]
    private static List<(int Start, int End)>? _maybes;

    private enum Likeness
    {
        None,

        /// <summary>A day where the text has others, written in the same way.</summary>
        Maybe,
        Sure,
    }

    public void Find(TextScan scan, TextSpans spans)
    {
        if (!scan.HasDigit && !scan.HasCapital)
        {
            return;
        }

        var slashed = false;
        var maybes = _maybes ??= [];
        maybes.Clear();
        for (var i = 0; i < scan.WordCount; i++)
        {
            var word = scan.Words[i];
            if (!word.HasDigit && (!word.IsAlpha || Months.Number(scan.WordText(i)) == 0))
            {
                continue;
            }

            if (IsChained(scan, i) || IsVersion(scan, i))
            {
                continue;
            }

            if (scan.TryReadDate(word.Start, out var reading))
            {
                spans.Add(Weekday(scan, i), word.Start + reading.Length, Identifier.Date);
                slashed |= word.IsNumber && word.Length <= 2 && scan.GapAfter(i) is "/";
                i = Math.Max(i, scan.WordFrom(word.Start + reading.Length) - 1);
            }
            else if (word.HasDigit && ShortRange(scan, i) is var range and > 0)
            {
                spans.Add(word.Start, scan.Words[range].End, Identifier.Date);
                i = range;
            }
            else if (word.IsAlpha && IsLoneMonth(scan, i))
            {
                var start = scan.Is(i - 1, "of") && i > 1 && Months.IsDayWord(scan.WordText(i - 2)) ? scan.Words[i - 2].Start : word.Start;
                spans.Add(start, word.End, Identifier.Date);
            }
            else if (word.IsNumber && DayAndMonth(scan, i, out var end) is var likeness and not Likeness.None)
            {
                if (likeness == Likeness.Sure)
                {
                    slashed = true;
                    spans.Add(word.Start, scan.Words[end].End, Identifier.Date);
                }
                else
                {
                    maybes.Add((word.Start, scan.Words[end].End));
                }

                i = end;
            }
        }

        for (var i = 0; slashed && i < maybes.Count; i++)
        {
            spans.Add(maybes[i].Start, maybes[i].End, Identifier.Date);
        }
    }

    // "3/4-3/9/2021": the first date borrows its year from the second. Answers the last word, 0 if it is none.
    private static int ShortRange(TextScan scan, int index)
    {
        if (index + 4 >= scan.WordCount || scan.GapAfter(index) is not "/" || scan.GapAfter(index + 1) is not ("-" or " - " or " to ") || !scan.Words[index].IsNumber || !scan.Words[index + 1].IsNumber
            || scan.Words[index].Length > 2 || scan.Words[index + 1].Length > 2 || !scan.TryReadDate(scan.Words[index + 2].Start, out var second))
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

    // "4/9", by how surely it is a day and no part of something.
    private static Likeness DayAndMonth(TextScan scan, int index, out int end)
    {
        end = index + 1;
        if (ReadDay(scan, index) is not { } first || scan.At(scan.Words[index + 1].End) == '/')
        {
            return Likeness.None;
        }

        // "1/8-1/12"
        var rising = false;
        if (scan.GapAfter(index + 1) is "-" or " - " or "–" && ReadDay(scan, index + 2) is { } second && scan.At(scan.Words[index + 3].End) != '/')
        {
            rising = second.Month > first.Month || (second.Month == first.Month && second.Day > first.Day);
            end = index + 3;
        }
        else if (index + 2 < scan.WordCount && scan.GapAfter(index + 1) is "-" && scan.Words[index + 2].HasDigit)
        {
            return Likeness.None;
        }

        var more = end + 1 < scan.WordCount;
        if (more && scan.GapAfter(end) is " " or "" && Parted.Contains(scan.WordText(end + 1)))
        {
            return Likeness.None;
        }

        var starts = index == 0 || scan.GapAfter(index - 1).Contains('\n');
        if (starts)
        {
            return scan.GapAfter(end) is ": " or " - " or " – " ? Likeness.Sure : Likeness.Maybe;
        }

        var gap = scan.GapAfter(index - 1);
        if (gap is not (" " or ": " or " (" or ", " or "; " or " ~" or "-"))
        {
            return Likeness.None;
        }

        var before = scan.WordText(index - 1);
        var near = gap is " " or ": " or " (" or " ~";
        if (near && (IsToday(scan, index) || Cues.Contains(before)))
        {
            return Likeness.Sure;
        }

        if (gap is "-" || Scores.Contains(before) || (index > 1 && Scores.Contains(scan.WordText(index - 2))))
        {
            return Likeness.None;
        }

        // Strengths, murmurs and pains are counted so, and no scale ends at 13 or 29.
        var counted = first.Day is 5 or 6 or 10 && first.Month <= first.Day;
        return rising && !counted ? Likeness.Sure
            : near && Events.Contains(before) && !(counted && scan.Words[index - 1].IsUpper) ? Likeness.Sure
            : !counted && ((gap is " (" && scan.At(scan.Words[end].End) == ')' && scan.Words[index - 1].IsNumber) || (more && scan.GapAfter(end) is " " && Followers.Contains(scan.WordText(end + 1)))) ? Likeness.Sure
            : scan.GapAfter(end) is " @ " or " @" || (more && IsClock(scan, end)) || first.Day is 13 or 14 or 17 or 19 or 22 or 23 or 26 or 29 or 31 || (!counted && IsAgreed(scan, index)) ? Likeness.Sure
            : counted || (scan.Words[index - 1].IsUpper && first.Day is 15 or 21 or 24 or 27 or 30) ? Likeness.None
            : Likeness.Maybe;
    }

    // "10/31 2300"
    private static bool IsClock(TextScan scan, int end) =>
        (scan.GapAfter(end) is " " && scan.Words[end + 1] is { IsMixed: true, Length: 2 or 3 or 4 or 6 } && scan.WordText(end + 1) is [>= '0' and <= '9', .., 'a' or 'p'] or [>= '0' and <= '9', .., 'a' or 'p' or 'A' or 'P', 'm' or 'M'])
        || scan.GapAfter(end) is " " && scan.Words[end + 1] is { IsNumber: true, Length: 4 } && int.Parse(scan.WordText(end + 1)) is var time && time < 2400 && time % 100 < 60;

    // "Next visit w/ Dr. Lee 3/14"
    private static bool IsAgreed(TextScan scan, int index)
    {
        for (var i = index - 1; i >= Math.Max(0, index - 6) && (scan.GapAfter(i) is not (". " or "; ") || NameReader.IsTitle(scan.WordText(i))) && !scan.GapAfter(i).Contains('\n'); i--)
        {
            if (scan.WordText(i) is "visit" or "appointment" or "appt" or "scheduled" or "due" or "Next" or "next")
            {
                return true;
            }
        }

        return false;
    }

    private static (int Month, int Day)? ReadDay(TextScan scan, int index)
    {
        if (index + 1 >= scan.WordCount || scan.GapAfter(index) is not "/" || !scan.Words[index].IsNumber || !scan.Words[index + 1].IsNumber || scan.Words[index].Length > 2 || scan.Words[index + 1].Length > 2)
        {
            return null;
        }

        var month = int.Parse(scan.WordText(index));
        var day = int.Parse(scan.WordText(index + 1));
        return month is >= 1 and <= 12 && day is >= 1 and <= 31 ? (month, day) : null;
    }

    // "today is 5/21"
    private static bool IsToday(TextScan scan, int index) =>
        (scan.Is(index - 1, "is") || scan.Is(index - 1, "was")) && (scan.Is(index - 2, "today") || scan.Is(index - 2, "date") || scan.Is(index - 2, "visit") || scan.Is(index - 2, "birthday") || scan.Is(index - 2, "appointment"));

    private static bool IsLoneMonth(TextScan scan, int index) =>
        index > 0 && scan.Words[index].IsCapital && scan.GapAfter(index - 1) is " " or "-"
        && MonthCues.Contains(scan.WordText(index - 1));

    // "version: 2024.11.3": the parts of a day, with points between them and the year first, behind what says that it is none.
    private static bool IsVersion(TextScan scan, int index) =>
        index > 0 && index + 1 < scan.WordCount && scan.Words[index] is { IsNumber: true, Length: 4 } && scan.GapAfter(index) is "." && scan.GapAfter(index - 1) is ": " or "=" or " " or " \"" or ": \"" or "=\"" or " = \""
        && (Versions.Contains(scan.WordText(index - 1)) || (index + 2 < scan.WordCount && (scan.Words[index + 1].Length == 1 || scan.Words[index + 2].Length == 1) && Releases.Contains(scan.WordText(index - 1))));
}

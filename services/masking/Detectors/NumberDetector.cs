using System.Buffers;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Numbers whose shape gives them away: SSN and other tax ids (G), telephone and fax (D, E), cards (J), NPI (K), UDI (M), coordinates (B).</summary>
internal sealed class NumberDetector : ITextDetector
{
    private static readonly SearchValues<char> CoordinateMarks = SearchValues.Create(" ,;°-NS+/");

    public void Find(TextScan scan, TextSpans spans)
    {
        if (!scan.HasDigit)
        {
            return;
        }

        // A text that is nine or ten digits and no more is an answer, and may be somebody's number. Seconds since 1970 start with 1.
        if (scan.WordCount == 1 && !scan.IsField && scan.Words[0].IsNumber && (Checksums.Ssn(scan.WordText(0)) || (scan.Words[0].Length == 10 && scan.At(scan.Words[0].Start) is >= '2' and <= '9')))
        {
            spans.Add(scan.Words[0].Start, scan.Words[0].End, scan.Words[0].Length == 9 ? Identifier.Ssn : Identifier.Phone);
            return;
        }

        for (var i = 0; i < scan.WordCount;)
        {
            if (scan.Words[i].Length is >= 3 and <= 6 && (scan.Words[i].IsMixed ? scan.Words[i].Length > 4 : scan.Words[i].IsNumber) && PhoneShapes.IsDesk(scan, i))
            {
                spans.Add(scan.Words[i].Start, scan.Words[i].End, Identifier.Phone);
                i++;
                continue;
            }

            if (!scan.Words[i].IsNumber || IsTail(scan, i))
            {
                i++;
                continue;
            }

            if (CodeSystems.Lead(scan, i))
            {
                i++;
                continue;
            }

            // "03/04/2021 (415) 555-0100": the date is no part of the telephone number behind it.
            if (scan.TryReadDate(scan.Words[i].Start, out var date) && date.Shape != DateShape.Compact)
            {
                i = Math.Max(i + 1, scan.WordFrom(scan.Words[i].Start + date.Length));
                continue;
            }

            var group = NumberGroup.At(scan, i);
            i += group.IsPlain ? 1 : Math.Max(1, Match(scan, spans, group));
        }
    }

    // A number that a letter or another number runs into is part of something longer.
    private static bool IsTail(TextScan scan, int index)
    {
        var start = scan.Words[index].Start;
        return index > 0 && scan.Words[index - 1].End == start - 1 && scan.At(start - 1) is '.' or '/' && scan.Words[index - 1].IsNumber;
    }

    private static int Match(TextScan scan, TextSpans spans, NumberGroup group)
    {
        Span<char> buffer = stackalloc char[24];
        int parts;
        if ((parts = Card(group, buffer)) > 0)
        {
            return Take(spans, group, parts, Identifier.Card);
        }

        // XXXX-XXXX-XXXX-1111 still shows four digits.
        if (group.Length(0) == 4 && group.Start >= 10 && scan.At(group.Start - 1) is '-' or ' ' && IsHidden(scan.Text[(group.Start - 5)..(group.Start - 1)]) && IsHidden(scan.Text[(group.Start - 10)..(group.Start - 6)]))
        {
            return Take(spans, group, 1, Identifier.Card);
        }

        if ((parts = Ssn(scan, group)) > 0)
        {
            return Take(spans, group, parts, Identifier.Ssn);
        }

        if (scan.At(group.Start - 1) == '(' && group.Is(0, 2, 14) && scan.WordText(group.First) is "01")
        {
            return Udi(scan, spans, group);
        }

        if ((parts = PhoneShapes.Match(scan, group)) > 0)
        {
            var start = PhoneShapes.Start(scan, group.Start);
            var end = PhoneShapes.Extension(scan, group.First + parts - 1, out var more);
            spans.Add(start, end, PhoneShapes.IsFax(scan, group.First) ? Identifier.Fax : Identifier.Phone);
            return parts + more;
        }

        // 1234 5678 9012: identity numbers of several countries.
        if (group.Count == 3 && group.Is(0, 4, 4, 4) && group.Gap(0) is " " or "-" && group.Gap(0).SequenceEqual(group.Gap(1)))
        {
            return Take(spans, group, 3, Identifier.Id);
        }

        // 2 61 05 75 112 334 18: of France.
        if (group.Count >= 7 && group.Is(0, 1, 2, 2, 2, 3, 3, 2) && scan.WordText(group.First) is "1" or "2")
        {
            return Take(spans, group, 7, Identifier.Ssn);
        }

        if (group.Length(0) == 9 && Checksums.Aba(scan.WordText(group.First)))
        {
            return Take(spans, group, 1, Identifier.Account);
        }

        if (group.Length(0) == 15 && Checksums.Imei(scan.WordText(group.First)))
        {
            return Take(spans, group, 1, Identifier.Device);
        }

        if (group.Length(0) == 10 && Checksums.Npi(scan.WordText(group.First)))
        {
            return Take(spans, group, 1, Identifier.License);
        }

        return Coordinates(scan, spans, group);
    }

    private static int Take(TextSpans spans, NumberGroup group, int parts, Identifier identifier)
    {
        spans.Add(group.Start, group.End(parts), identifier);
        return parts;
    }

    private static int Card(NumberGroup group, Span<char> buffer)
    {
        if (group.Length(0) is >= 13 and <= 19)
        {
            var digits = group.Digits(1, buffer);
            return Checksums.CardIssuer(digits) && Checksums.Luhn(digits) ? 1 : 0;
        }

        if (group.Length(0) != 4 || group.Gap(0) is not (" " or "-" or "."))
        {
            return 0;
        }

        if (group.Is(0, 4, 4, 4, 4))
        {
            return group.Length(4) is >= 1 and <= 3 && group.Gap(3).SequenceEqual(group.Gap(2)) && !group.Is(4, 3, 3, 4) ? 5 : 4;
        }

        return group.Is(0, 4, 6, 5) || group.Is(0, 4, 6, 4) ? 3 : 0;
    }

    private static int Ssn(TextScan scan, NumberGroup group)
    {
        if (group.Is(0, 3, 2, 4) && group.Gap(0).SequenceEqual(group.Gap(1)) && group.Gap(0) is "-" or " " or "." or " - " or "--")
        {
            return group.Count > 3 && group.Gap(2) is "-" or "." ? 0 : 3;
        }

        // ***-**-1234 and XXX-XX-1234 still show four digits.
        if (group.Length(0) == 4 && group.Start >= 7)
        {
            var before = scan.Text[(group.Start - 7)..group.Start];
            if (before[3] == '-' && before[6] == '-' && IsHidden(before[..3]) && IsHidden(before[4..6]))
            {
                return 1;
            }
        }

        // Employer and taxpayer numbers.
        return group.Is(0, 2, 7) && group.Gap(0) is "-" && group.Count == 2 ? 2 : 0;
    }

    private static bool IsHidden(ReadOnlySpan<char> text) => !text.ContainsAnyExcept("*xX#•");

    // (01)09506000134352(17)141120(10)7654321D(21)10987654d321
    private static int Udi(TextScan scan, TextSpans spans, NumberGroup group)
    {
        var last = group.First + 1;
        while (last + 2 < scan.WordCount && scan.GapAfter(last) is "(" && scan.GapAfter(last + 1) is ")")
        {
            last += 2;
        }

        spans.Add(group.Start - 1, scan.Words[last].End, Identifier.Device);
        return last - group.First + 1;
    }

    // 40.7128, -74.0060 and 40.7128° N, 74.0060° W
    private static int Coordinates(TextScan scan, TextSpans spans, NumberGroup group)
    {
        var first = group.First;
        if (group.Length(0) > 3 || !IsDecimal(scan, first))
        {
            return 0;
        }

        var second = first + 2;
        if (second < scan.WordCount && scan.Is(second, "N") || scan.Is(second, "S"))
        {
            second++;
        }

        if (second + 1 >= scan.WordCount || scan.Words[second].Length > 3 || !IsDecimal(scan, second)
            || scan.Text[scan.Words[first + 1].End..scan.Words[second].Start].ContainsAnyExcept(CoordinateMarks))
        {
            return 0;
        }

        var last = second + 1;
        if (scan.Is(last + 1, "W") || scan.Is(last + 1, "E"))
        {
            last++;
        }

        var start = scan.At(group.Start - 1) == '-' ? group.Start - 1 : group.Start;
        spans.Add(start, scan.Words[last].End, Identifier.Address);
        return last - first + 1;
    }

    private static bool IsDecimal(TextScan scan, int index) =>
        index + 1 < scan.WordCount && scan.Words[index].IsNumber && scan.Words[index + 1].IsNumber && scan.Words[index + 1].Length >= 4 && scan.GapAfter(index) is ".";
}

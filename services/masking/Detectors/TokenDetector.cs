using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Tokens of letters and digits whose make gives them away: MBI (I), IBAN (J), DEA (K), VIN (L), and numbers with a prefix in capitals such as <c>POL-7518493</c> (R).</summary>
internal sealed class TokenDetector : ITextDetector
{
    private const int LeastDigitsBehindPrefix = 6;
    private const int LaboratoryWords = 4;
    private const int UuidHead = 8;
    private const int UuidLength = 36;

    private static readonly WordMap<Identifier> Prefixes = new(new Dictionary<string, Identifier>
    {
#pragma warning disable format // A table reads better with several pairs a line.
        ["MRN"] = Identifier.Mrn, ["MR"] = Identifier.Mrn, ["PAT"] = Identifier.Mrn, ["PID"] = Identifier.Mrn, ["PT"] = Identifier.Mrn, ["INS"] = Identifier.Plan, ["POL"] = Identifier.Plan,
        ["MEM"] = Identifier.Plan, ["SUB"] = Identifier.Plan, ["GRP"] = Identifier.Plan, ["ACC"] = Identifier.Account, ["ACCT"] = Identifier.Account,
        ["NPI"] = Identifier.License, ["DEA"] = Identifier.License, ["DL"] = Identifier.License, ["LIC"] = Identifier.License, ["SN"] = Identifier.Device,
        ["SSN"] = Identifier.Ssn, ["EMP"] = Identifier.Id, ["RX"] = Identifier.Id, ["NID"] = Identifier.Ssn, ["BIO"] = Identifier.Biometric, ["CLM"] = Identifier.Id,
        ["ENC"] = Identifier.Id, ["CSN"] = Identifier.Id, ["HAR"] = Identifier.Account, ["FIN"] = Identifier.Account, ["CASE"] = Identifier.Id, ["VIS"] = Identifier.Id,
#pragma warning restore format
    }, ignoreCase: false);

    private static readonly WordSet Numbered = "trace correlation span operation build commit pod deployment container image volume node tenant subscription workspace template pipeline task topic queue message msg traceid correlationid spanid".Split(' ').ToWordSet();

    // Sequences of genes and proteins: "NM_007294".
    private static readonly WordSet RefSeq = "NM NP NR NC NG NT NW XM XP XR WP YP".Split(' ').ToWordSet(ignoreCase: false);

    private static readonly WordSet Laboratory = "path pathology specimen specimens cytology cytopathology cyto surgical surgpath biopsy bx histology autopsy slides".Split(' ').ToWordSet();

    public void Find(TextScan scan, TextSpans spans)
    {
        if (!scan.HasDigit)
        {
            return;
        }

        for (var i = 0; i < scan.WordCount; i++)
        {
            if (scan.Words[i].Length == UuidHead && Uuid(scan, spans, i))
            {
                continue;
            }

            if (!scan.Words[i].HasDigit)
            {
                continue;
            }

            if (scan.Words[i].IsMixed)
            {
                Mixed(scan, spans, i);
                Accession(scan, spans, i);
            }

            Prefixed(scan, spans, i);
        }
    }

    private static bool Uuid(TextScan scan, TextSpans spans, int index)
    {
        var start = scan.Words[index].Start;
        var end = start + UuidLength;
        if (end > scan.Length || char.IsLetterOrDigit(scan.At(end)) || scan.At(start - 1) is '-' || !Masks.Shapes.IsUuid(scan.Text[start..end]))
        {
            return false;
        }

        if (IsOfProgram(scan, index))
        {
            return true;
        }

        const string Urn = "urn:uuid:";
        start -= start >= Urn.Length && scan.Text[(start - Urn.Length)..start].Equals(Urn, StringComparison.OrdinalIgnoreCase) ? Urn.Length : 0;
        spans.Add(start, end, Identifier.Id);
        return true;
    }

    // "trace-id: 550e8400-...", "pod 550e8400-...": they number what programs do.
    private static bool IsOfProgram(TextScan scan, int index)
    {
        var label = index - 1;
        label -= label > 0 && scan.Is(label, "id") && scan.GapAfter(label).Length <= 4 ? 1 : 0;
        return label >= 0 && scan.GapAfter(index - 1) is " " or "=" or ": " or ":" or "=\"" or "\":\"" or " = " or ", " && Numbered.Contains(scan.WordText(label));
    }

    // "specimen to path S24-11873": letters, the year and a number, where a laboratory is spoken of.
    private static void Accession(TextScan scan, TextSpans spans, int index)
    {
        var text = scan.WordText(index);
        var letters = text.Length - 2;
        if (letters is < 1 or > 3 || text[..letters].ContainsAnyExceptInRange('A', 'Z') || text[letters..].ContainsAnyExceptInRange('0', '9')
            || scan.GapAfter(index) is not "-" || index + 1 >= scan.WordCount || scan.Words[index + 1] is not { IsNumber: true, Length: >= 3 and <= 7 })
        {
            return;
        }

        for (var i = index - 1; i >= Math.Max(0, index - LaboratoryWords) && (scan.GapAfter(i) is not (". " or ".\n") || scan.WordText(i) is "no" or "No" or "num"); i--)
        {
            if (Laboratory.Contains(scan.WordText(i)))
            {
                spans.Add(scan.Words[index].Start, scan.Words[index + 1].End, Identifier.Id);
                return;
            }
        }
    }

    private static void Mixed(TextScan scan, TextSpans spans, int index)
    {
        var word = scan.Words[index];
        var text = scan.WordText(index);
        if (Checksums.Mbi(text))
        {
            spans.Add(word.Start, word.End, Identifier.Plan);
        }
        else if (text.Length == 4 && DashedMbi(scan, index))
        {
            spans.Add(word.Start, scan.Words[index + 2].End, Identifier.Plan);
        }
        else if (Checksums.Vin(text) || (text.Length == 17 && LooksLikeVin(text)))
        {
            spans.Add(word.Start, word.End, Identifier.Vehicle);
        }
        else if (Checksums.Dea(text))
        {
            spans.Add(word.Start, word.End, Identifier.License);
        }
        else if (text.Length == 4 && char.IsAsciiLetterUpper(text[0]) && Licence(scan, index) is var licence and > 0)
        {
            spans.Add(word.Start, scan.Words[licence].End, Identifier.License);
        }
        else if (IsPassport(text))
        {
            spans.Add(word.Start, word.End, Identifier.License, 0.6f);
        }
        else if (Glued(text, out var glued, out var letters))
        {
            spans.Add(word.Start + letters, word.End, glued);
        }
        else if (word.IsCapital && char.IsAsciiLetterUpper(text[0]))
        {
            Iban(scan, spans, index);
        }
    }

    // D123-4567-8901, S123-456-78-901-0: a letter and dashed digits, eleven or more of them. Answers the last word, 0 if it is none.
    private static int Licence(TextScan scan, int index)
    {
        if (scan.WordText(index)[1..].ContainsAnyExceptInRange('0', '9'))
        {
            return 0;
        }

        var last = index;
        var digits = 3;
        while (last + 1 < scan.WordCount && last < index + 5 && scan.GapAfter(last) is "-" && scan.Words[last + 1].IsNumber)
        {
            last++;
            digits += scan.Words[last].Length;
        }

        return last >= index + 2 && digits is >= 11 and <= 14 ? last : 0;
    }

    // A12345678 (passports of the United States and others) and AB1234567 (DEA whatever its check digit, older passports). Letter and seven digits would be concepts of the UMLS.
    private static bool IsPassport(ReadOnlySpan<char> text)
    {
        var letters = text.IndexOfAnyInRange('0', '9');
        return text.Length == 9 && letters is 1 or 2 && !text[..letters].ContainsAnyExceptInRange('A', 'Z') && !text[letters..].ContainsAnyExceptInRange('0', '9') && text[..letters] is not ("KB" or "HP" or "GO" or "MP" or "PR");
    }

    // "SSN123456789", "mrn4432109"
    private static bool Glued(ReadOnlySpan<char> text, out Identifier identifier, out int letters)
    {
        identifier = Identifier.None;
        letters = Math.Max(0, text.IndexOfAnyInRange('0', '9'));
        var digits = text[letters..];
        if (letters is < 3 or > 4 || digits.Length < 5 || digits.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        Span<char> upper = stackalloc char[letters];
        text[..letters].ToUpperInvariant(upper);
        return Prefixes.TryGetValue(upper, out identifier);
    }

    private static bool DashedMbi(TextScan scan, int index)
    {
        if (index + 2 >= scan.WordCount || scan.GapAfter(index) is not ("-" or " ") || !scan.GapAfter(index).SequenceEqual(scan.GapAfter(index + 1)))
        {
            return false;
        }

        Span<char> joined = stackalloc char[11];
        var second = scan.WordText(index + 1);
        var third = scan.WordText(index + 2);
        if (second.Length != 3 || third.Length != 4)
        {
            return false;
        }

        scan.WordText(index).CopyTo(joined);
        second.CopyTo(joined[4..]);
        third.CopyTo(joined[7..]);
        return Checksums.Mbi(joined);
    }

    // Elsewhere the ninth place is no check digit: capitals without I, O, Q and a serial number at the end.
    private static bool LooksLikeVin(ReadOnlySpan<char> text) =>
        !text.ContainsAny("IOQ") && !text.ContainsAnyInRange('a', 'z') && !text[13..].ContainsAnyExceptInRange('0', '9');

    private static void Iban(TextScan scan, TextSpans spans, int index)
    {
        var first = scan.WordText(index);
        if (first.Length < 4 || !char.IsAsciiLetterUpper(first[1]) || !char.IsAsciiDigit(first[2]) || !char.IsAsciiDigit(first[3]))
        {
            return;
        }

        if (IsBank(scan, index, out var end))
        {
            spans.Add(scan.Words[index].Start, scan.Words[end].End, Identifier.Account);
            return;
        }

        Span<char> joined = stackalloc char[34];
        var length = 0;
        for (var last = index; last < Math.Min(scan.WordCount, index + 9); last++)
        {
            var part = scan.WordText(last);
            if ((last > index && (scan.GapAfter(last - 1) is not (" " or "-") || part.Length > 4)) || length + part.Length > joined.Length)
            {
                return;
            }

            part.CopyTo(joined[length..]);
            length += part.Length;
            if (Checksums.Iban(joined[..length]))
            {
                spans.Add(scan.Words[index].Start, scan.Words[last].End, Identifier.Account);
                return;
            }
        }
    }

    // "GB80ABCD60304700" and "GB82 WEST 1234 5698": four letters of a bank and digits, whatever the check digits say.
    private static bool IsBank(TextScan scan, int index, out int end)
    {
        end = index;
        var first = scan.WordText(index);
        if (first.Length >= 14)
        {
            return !first[4..8].ContainsAnyExceptInRange('A', 'Z') && !first[8..].ContainsAnyExceptInRange('0', '9');
        }

        if (first.Length != 4 || index + 3 >= scan.WordCount || scan.Words[index + 1].Length != 4 || !(scan.Words[index + 1].IsUpper || scan.Words[index + 1].IsNumber))
        {
            return false;
        }

        var numbers = 0;
        while (end + 1 < scan.WordCount && end < index + 8 && scan.GapAfter(end) is " " or "-" && scan.Words[end + 1].Length <= 4 && (scan.Words[end + 1].HasDigit || scan.Words[end + 1].IsUpper))
        {
            end++;
            numbers += scan.Words[end].IsNumber ? 1 : 0;
        }

        return numbers >= (scan.Words[index + 1].IsUpper ? 2 : 4);
    }

    private static void Prefixed(TextScan scan, TextSpans spans, int index)
    {
        if (index == 0 || scan.GapAfter(index - 1) is not ("-" or "_" or "#"))
        {
            return;
        }

        var head = index - 1;
        while (head > 0 && head > index - 3 && scan.GapAfter(head - 1) is "-" or "_" && scan.Words[head - 1].IsUpper)
        {
            head--;
        }

        var prefix = scan.Words[head];
        if (!prefix.IsUpper || prefix.Length is < 2 or > 6 || (head > 0 && scan.GapAfter(head - 1) is "-" or "_"))
        {
            return;
        }

        var text = scan.WordText(head);
        if (scan.GapAfter(index - 1) is "_" && RefSeq.Contains(text))
        {
            return;
        }

        var known = Prefixes.TryGetValue(text, out var identifier);
        var digits = Masks.Shapes.CountDigits(scan.WordText(index));
        if (known ? digits >= 3 : digits >= LeastDigitsBehindPrefix && !CodeSystems.Contains(text))
        {
            var last = index;
            while (last + 1 < scan.WordCount && last < index + 3 && scan.GapAfter(last) is "-" && scan.Words[last + 1].HasDigit)
            {
                last++;
            }

            spans.Add(prefix.Start, scan.Words[last].End, known ? identifier : Identifier.Id);
        }
    }
}

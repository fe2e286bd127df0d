using Chaperone.Masking.Tagging;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Places below a state (B): street addresses, PO boxes, ZIP codes behind a state, "City, ST", facilities by their last word, places behind a cue.</summary>
internal sealed class AddressDetector : ITextDetector
{
    private const int MostStreetWords = 6;

    private static readonly WordSet Streets = Set("""
        street st avenue ave road rd drive dr lane ln boulevard blvd court ct circle cir place pl way terrace ter trail trl parkway pkwy highway hwy
        square sq loop alley aly crescent cres crossing xing pike turnpike row run route expressway expy freeway fwy plaza plz ridge point pt view walk path pass close grove heights hts hollow junction
        """);

    private static readonly WordSet Directions = "N S E W NE NW SE SW North South East West".Split(' ').ToWordSet(ignoreCase: false);

    private static readonly WordSet Units = Set("apt apartment suite ste unit room rm floor fl bldg building lot #");

    private static readonly WordSet States = new[]
    {
        "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "FL", "GA", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ",
        "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA", "WA", "WV", "WI", "WY", "DC", "PR", "GU", "VI",
    }.ToWordSet(ignoreCase: false);

    /// <summary>The short form of a state, in capitals.</summary>
    public static bool IsState(ReadOnlySpan<char> word) => States.Contains(word);

    private static readonly WordSet LongStates = Set("""
        alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts
        michigan minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah vermont virginia washington wisconsin wyoming
        """);

    private static readonly WordSet Facilities = Set("hospital clinic infirmary hospice sanatorium polyclinic");

    private static readonly WordSet PlaceCues = Set("in near from at to");

    private static readonly WordSet PlaceVerbs = Set("lives living lived resides residing resident born raised moved relocated traveled travelled grew native located visiting works");

    public void Find(TextScan scan, TextSpans spans)
    {
        for (var i = 0; i < scan.WordCount; i++)
        {
            var word = scan.Words[i];
            if (word.HasDigit && word.Length <= 6)
            {
                i = Math.Max(i, Street(scan, spans, i));
            }
            else if (word.IsCapital)
            {
                State(scan, spans, i);
                Box(scan, spans, i);
                Facility(scan, spans, i);
                Named(scan, spans, i);
            }
            else if (i + 1 < scan.WordCount && scan.Words[i + 1].IsCapital && PlaceCues.Contains(scan.WordText(i)))
            {
                Place(scan, spans, i);
            }
        }
    }

    // 8599 Dogwood Drive Apt 4, Lexington, MI 38299
    private static int Street(TextScan scan, TextSpans spans, int index)
    {
        if (Unkinded(scan, index) is var name and > 0)
        {
            var tail = Tail(scan, name);
            var unit = index > 1 && scan.GapAfter(index - 1) is ", " && Units.Contains(scan.WordText(index - 2)) ? index - 2 : index;
            spans.Add(scan.Words[unit].Start, scan.Words[tail].End, Identifier.Address);
            return tail;
        }

        for (var last = index + 1; last < scan.WordCount && last <= index + MostStreetWords; last++)
        {
            // "until 1900. Pt resting" are two sentences.
            if (scan.GapAfter(last - 1) is not (" " or ". " or "'" or "-" or "  ") || (scan.Words[last - 1].HasDigit && scan.At(scan.Words[last - 1].End) == '.'))
            {
                return index;
            }

            var text = scan.WordText(last);
            // "#30 RCT. Pt Smith": the words of a street have no full stop before the last.
            if (Streets.Contains(text) && last > index + 1 && scan.Words[last].IsCapital && scan.GapAfter(last - 1) is not ". ")
            {
                var end = Tail(scan, last);
                spans.Add(scan.Words[index].Start, scan.Words[end].End, Identifier.Address);
                return end;
            }

            if (!scan.Words[last].IsCapital && !scan.Words[last].HasDigit)
            {
                return index;
            }
        }

        return index;
    }

    // "220 W 98th", "1180 E. Tamarind", "1400 Broadway": the last word of a street without a kind; -1 if it is none.
    private static int Unkinded(TextScan scan, int index)
    {
        var next = index + 1;
        if (next >= scan.WordCount || !scan.Words[index].IsNumber || scan.Words[index].Length is < 2 or > 5 || scan.GapAfter(index) is not " " || scan.At(scan.Words[index].Start - 1) is '.' or '/' or '-' or '$' or '#')
        {
            return -1;
        }

        if (scan.WordText(next) is "Broadway")
        {
            return next;
        }

        if (next + 1 >= scan.WordCount || scan.GapAfter(next) is not (" " or ". ") || !Directions.Contains(scan.WordText(next)))
        {
            return -1;
        }

        var name = scan.Words[next + 1];
        var text = scan.WordText(next + 1);
        if (name.IsMixed)
        {
            return text.Length is 3 or 4 or 5 && text[^2..] is "st" or "nd" or "rd" or "th" && !text[..^2].ContainsAnyExceptInRange('0', '9') ? next + 1 : -1;
        }

        return scan.Words[index].Length >= 3 && name is { IsCapital: true, IsUpper: false, IsAlpha: true, Length: >= 4 } && !CommonWords.Contains(text) && !Units.Contains(text) && (NameModel.Shipped.Find(text) & NameLists.Medical) == 0 ? next + 1 : -1;
    }

    // Direction, unit, and town and state with ZIP where they follow.
    private static int Tail(TextScan scan, int last)
    {
        while (last + 1 < scan.WordCount && scan.GapAfter(last) is " " or ", " or ". " or " #" or ", #" or ".," or "., ")
        {
            var text = scan.WordText(last + 1);
            if (text is "N" or "S" or "E" or "W" or "NE" or "NW" or "SE" or "SW")
            {
                last++;
            }
            else if (Units.Contains(text) && last + 2 < scan.WordCount && scan.GapAfter(last + 1).Length <= 2)
            {
                last += 2;
            }
            else if (scan.GapAfter(last) is " #" or ", #" && scan.Words[last + 1].HasDigit)
            {
                last++;
            }
            else
            {
                break;
            }
        }

        for (var i = last + 1; i < scan.WordCount && i <= last + 5 && (scan.Words[i].IsCapital || i > last + 1) && scan.GapAfter(i - 1) is " " or ", " or "," or ",\n" or "\n" or "-" or "'" or ". "; i++)
        {
            if (!IsState(scan, i))
            {
                continue;
            }

            return IsZip(scan, i + 1, out var end) && scan.GapAfter(i).Length <= 2 ? end : i;
        }

        return last;
    }

    // "Springfield, IL 62701" and "Springfield, IL"
    private static void State(TextScan scan, TextSpans spans, int index)
    {
        if (!IsState(scan, index) || index == 0 || CodeSystems.Contains(scan.WordText(index - 1)))
        {
            return;
        }

        var zip = index + 1 < scan.WordCount && scan.GapAfter(index) is " " or ", " or "  " && IsZip(scan, index + 1, out var last);
        if (zip)
        {
            IsZip(scan, index + 1, out last);
            spans.Add(scan.Words[index + 1].Start, scan.Words[last].End, Identifier.Zip);
        }

        if (scan.GapAfter(index - 1) is not (", " or ",") || (!zip && scan.WordText(index) is "MD" or "PA" or "DO" && !IsTown(scan.WordText(index - 1))))
        {
            return;
        }

        var first = index;
        while (first > 0 && index - first < 3 && scan.Words[first - 1].IsCapital && scan.Words[first - 1].IsAlpha && (first == index || scan.GapAfter(first - 1) is " " or ". " or "-" or "'")
            && (!CommonWords.Contains(scan.WordText(first - 1)) || (first < index && scan.WordText(first - 1) is "New" or "North" or "South" or "East" or "West" or "San" or "St")))
        {
            first--;
        }

        // "Nephrology, ID, Palliative"
        if (first < index && (zip || (NameModel.Shipped.Find(scan.WordText(index - 1)) & (NameLists.Medical | NameLists.Town)) != NameLists.Medical))
        {
            spans.Add(scan.Words[first].Start, scan.Words[index - 1].End, Identifier.City);
        }
    }

    // "Baltimore, MD" is a town, "Smith, MD" a doctor.
    private static bool IsTown(ReadOnlySpan<char> word) =>
        (NameModel.Shipped.Find(word) & (NameLists.Town | NameLists.CommonGiven | NameLists.CommonFamily)) == NameLists.Town;

    private static void Box(TextScan scan, TextSpans spans, int index)
    {
        if (!scan.Is(index, "box") || index + 1 >= scan.WordCount || !scan.Words[index + 1].HasDigit || index == 0)
        {
            return;
        }

        var first = scan.Is(index - 1, "po") || scan.Is(index - 1, "office") ? index - 1 : scan.Is(index - 1, "o") && scan.Is(index - 2, "p") ? index - 2 : -1;
        if (first >= 0)
        {
            spans.Add(scan.Words[first].Start, scan.Words[Tail(scan, index + 1)].End, Identifier.Address);
        }
    }

    // "Elm Clinic", "St. Mary's Medical Center"
    private static void Facility(TextScan scan, TextSpans spans, int index)
    {
        var medical = scan.Is(index, "center") || scan.Is(index, "centre") || scan.Is(index, "campus");
        if (!Facilities.Contains(scan.WordText(index)) && !(medical && scan.Is(index - 1, "medical")))
        {
            return;
        }

        var first = index;
        var named = false;
        while (first > 0 && index - first < 5 && (scan.Words[first - 1].IsCapital || scan.GapAfter(first - 1) is "'") && scan.GapAfter(first - 1) is " " or ". " or "'" or "-" or "' " or " & ")
        {
            var text = scan.WordText(first - 1);
            if (text is "The" or "Our" or "This" or "Your" or "At" or "In" or "A")
            {
                break;
            }

            named |= !CommonWords.Contains(text) || text is "Mercy" or "Grace";
            first--;
        }

        if (named)
        {
            spans.Add(scan.Words[first].Start, scan.Words[index].End, Identifier.Location);
        }
    }

    // "on Almeida Street", without a number
    private static void Named(TextScan scan, TextSpans spans, int index)
    {
        if (scan.WordText(index) is not ("Street" or "Avenue" or "Road" or "Boulevard" or "Lane" or "Drive"))
        {
            return;
        }

        var first = index;
        while (first > 0 && index - first < 3 && scan.GapAfter(first - 1) is " " && scan.Words[first - 1].IsCapital && scan.Words[first - 1].IsAlpha && (!CommonWords.Contains(scan.WordText(first - 1)) || scan.WordText(first - 1) is "North" or "South" or "East"))
        {
            first--;
        }

        if (first < index && first > 0 && scan.WordText(first - 1) is "on" or "at" or "of" or "and" or "near" or "along" or "off" or "to")
        {
            spans.Add(scan.Words[first].Start, scan.Words[index].End, Identifier.Address);
        }
    }

    // "lives in Springfield", "from Ashland" only behind such a verb
    private static void Place(TextScan scan, TextSpans spans, int index)
    {
        if (index == 0 || index + 1 >= scan.WordCount || scan.GapAfter(index) is not " " || !scan.Words[index + 1].IsCapital || !scan.Words[index + 1].IsAlpha
            || !PlaceVerbs.Contains(scan.WordText(index - 1)))
        {
            return;
        }

        var text = scan.WordText(index + 1);
        if (CommonWords.Contains(text) && text is not ("North" or "South" or "East" or "West") || LongStates.Contains(text) || Months.Number(text) > 0)
        {
            return;
        }

        spans.Add(scan.Words[index + 1].Start, LabelValue.PlaceEnd(scan, index + 1), Identifier.City);
    }

    private static bool IsState(TextScan scan, int index) =>
        scan.Words[index].Length == 2 ? States.Contains(scan.WordText(index))
            : scan.Words[index].Length >= 4 && scan.Words[index].IsCapital && LongStates.Contains(scan.WordText(index));

    private static bool IsZip(TextScan scan, int index, out int last)
    {
        last = index;
        if (index >= scan.WordCount || !scan.Words[index].IsNumber || scan.Words[index].Length is not (5 or 9))
        {
            return false;
        }

        if (index + 1 < scan.WordCount && scan.GapAfter(index) is "-" && scan.Words[index + 1].IsNumber && scan.Words[index + 1].Length == 4)
        {
            last++;
        }

        return true;
    }

    private static WordSet Set(string words) =>
        words.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToWordSet();
}

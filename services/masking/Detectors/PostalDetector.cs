using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>
/// Addresses of any country (B), found from their numbers: a street word beside one, a flat behind one, a cue before one,
/// military post, British and Canadian postcodes. What stands around is taken to both sides, over lines too.
/// </summary>
internal sealed class PostalDetector : ITextDetector
{
    private const int MostStreetWords = 8;
    private const int CueWords = 6;

    public void Find(TextScan scan, TextSpans spans)
    {
        if (!scan.HasDigit)
        {
            return;
        }

        var done = 0;
        for (var i = 0; i < scan.WordCount; i++)
        {
            var word = scan.Words[i];
            if (!word.HasDigit || word.Length > 6 || i < done)
            {
                continue;
            }

            if (word.IsMixed && i + 1 < scan.WordCount && scan.GapAfter(i) is " " && PostalWords.IsPostcode(scan.WordText(i), scan.WordText(i + 1)))
            {
                spans.Add(word.Start, scan.Words[i + 1].End, Identifier.Zip);
                done = i + 2;
                continue;
            }

            if (Military(scan, i) is var head and >= 0)
            {
                spans.Add(scan.Words[head].Start, word.End, Identifier.Address);
                done = i + 1;
                continue;
            }

            var first = FirstOf(scan, i, out var last);
            if (first >= 0)
            {
                first -= first > 0 && PostalWords.IsUnit(scan.WordText(first - 1)) && scan.GapAfter(first - 1) is " " or ". " ? 1 : 0;
                last = PostalTail.Onward(scan, Corner(scan, last), out _);
                spans.Add(scan.Words[first].Start, scan.Words[last].End, Identifier.Address);
                done = last + 1;
            }
        }
    }

    // Where the address with this number begins, and how far its street or flat goes; -1: it is none.
    private static int FirstOf(TextScan scan, int number, out int last)
    {
        last = number;
        if (number > 0 && PostalWords.IsUnit(scan.WordText(number - 1)) && scan.GapAfter(number - 1) is " " or ". " or " #" or "." or ". #")
        {
            return UnitStart(scan, number, ref last);
        }

        if (number > 1 && scan.Is(number - 1, "box") && (scan.Is(number - 2, "o") || scan.Is(number - 2, "po") || scan.Is(number - 2, "office")))
        {
            return BoxStart(scan, number - 2);
        }

        if (!IsHouse(scan, number))
        {
            return -1;
        }

        // "Koenigstrasse 51", "Via Pisanelli 89", with a number before it or not
        if (number > 0 && scan.GapAfter(number - 1) is " " or ". " or ", " && PostalTail.IsPart(scan, number - 1) && EndsStreet(scan, number))
        {
            var back = Back(scan, number, broken: false);
            return back >= 0 ? back : StreetStart(scan, number - 1);
        }

        // "87 Rue Joseph Vernet", "95 Lille Vibyvej 8"
        last = StreetEnd(scan, number, out var street);
        if (street || (last > number && (IsCued(scan, number) || IsPlaced(scan, number, last))))
        {
            var first = number > 0 && scan.GapAfter(number - 1) is " " && IsHouse(scan, number - 1) ? number - 1 : number;
            return Before(scan, first);
        }

        return -1;
    }

    // "12 Oak Street, Apt. 4", and "Apt. 722 20 40 rue Victor Hugo"
    private static int UnitStart(TextScan scan, int number, ref int last)
    {
        var back = Back(scan, number - 1, broken: true);
        if (back >= 0)
        {
            return back;
        }

        last = StreetEnd(scan, number, out var street);
        return street ? number - 1 : -1;
    }

    private static int BoxStart(TextScan scan, int index)
    {
        var first = scan.Is(index, "o") && scan.Is(index - 1, "p") || scan.Is(index - 1, "post") ? index - 1 : index;
        return first > 0 && scan.Words[first - 1].IsNumber && scan.Words[first - 1].Length <= 5 && scan.GapAfter(first - 1) is " " ? first - 1 : first;
    }

    // "at 37 Parva Domus 6896, Pesconuovo", or a postcode behind the lines that follow
    private static bool IsPlaced(TextScan scan, int number, int last)
    {
        if (!scan.Words[last].HasDigit || last < number + 2 || last + 1 >= scan.WordCount)
        {
            return false;
        }

        PostalTail.Onward(scan, last, out var postcode);
        return postcode || (number > 0 && scan.GapAfter(number - 1) is " " && scan.WordText(number - 1) is "at" or "in" or "to" or "and" or "on" && scan.GapAfter(last) is ", " && scan.Words[last + 1].IsCapital && PostalTail.IsPart(scan, last + 1));
    }

    // "the corner of 12 Oak Street and Elm Street"
    private static int Corner(TextScan scan, int last)
    {
        for (var i = last + 2; i < scan.WordCount && i <= last + 4 && scan.Is(last + 1, "and") && scan.GapAfter(last) is " " && scan.GapAfter(i - 1) is " " && scan.Words[i].IsCapital; i++)
        {
            if (i > last + 2 && PostalWords.IsTail(scan.WordText(i)))
            {
                return i;
            }
        }

        return last;
    }

    // "Eyrarodda 6 Mahler Street": at the start of a line, or behind a small word.
    private static int Before(TextScan scan, int index)
    {
        var first = index;
        while (first > 0 && index - first < 3 && PostalTail.IsInside(scan.GapAfter(first - 1)) && scan.Words[first - 1].IsCapital && PostalTail.IsPart(scan, first - 1))
        {
            first--;
        }

        return first < index && (first == 0 || scan.GapAfter(first - 1).Contains('\n') || scan.WordText(first - 1) is "at" or "to" or "in" or "is") ? first : index;
    }

    // A house has up to four digits, or is 12a; what carries a unit of measure or a sign is none.
    private static bool IsHouse(TextScan scan, int index)
    {
        var word = scan.Words[index];
        return word.HasDigit && word.Length <= 5 && (word.IsNumber || (word.Length <= 4 && char.IsAsciiDigit(scan.WordText(index)[0])))
            && scan.At(word.Start - 1) is not ('.' or '/' or '-' or '$' or '<' or '>' or '=' or '+') && scan.At(word.End) is not ('%' or '/' or ':' or '-') && !(scan.At(word.End) == '.' && scan.At(word.End + 1) == ' ');
    }

    // The street word stands right before the number, or begins what stands before it.
    private static bool EndsStreet(TextScan scan, int number)
    {
        if (PostalWords.IsTail(scan.WordText(number - 1)) && scan.GapAfter(number - 1) is not ", ")
        {
            return scan.WordText(number - 1).Length > 5 || (number > 1 && PostalTail.IsPart(scan, number - 2) && scan.Words[number - 2].IsAlpha);
        }

        for (var i = number - 2; i >= 0 && i > number - CueWords && (PostalTail.IsPart(scan, i + 1) || PostalWords.IsParticle(scan.WordText(i + 1))) && PostalTail.IsInside(scan.GapAfter(i)); i--)
        {
            if (PostalWords.IsSureHead(scan.WordText(i)) && (scan.Words[i].IsCapital || !scan.HasCapital || scan.Words[i + 1].IsCapital))
            {
                return true;
            }
        }

        return false;
    }

    private static int StreetStart(TextScan scan, int index)
    {
        var first = index;
        while (first > 0 && index - first < 4 && PostalTail.IsInside(scan.GapAfter(first - 1)) && (scan.Words[first - 1].IsCapital ? PostalTail.IsPart(scan, first - 1) : first > 1 && scan.Words[first - 2].IsCapital && PostalWords.IsParticle(scan.WordText(first - 1))))
        {
            first--;
        }

        return first;
    }

    // Words of a street from its number on, with another number at the end.
    private static int StreetEnd(TextScan scan, int number, out bool street)
    {
        street = false;
        var last = number;
        var named = number;
        for (var i = number + 1; i < scan.WordCount && i <= number + MostStreetWords && PostalTail.IsInside(scan.GapAfter(i - 1)); i++)
        {
            var text = scan.WordText(i);
            var word = scan.Words[i];
            if (word.HasDigit)
            {
                if (!IsHouse(scan, i))
                {
                    break;
                }

                last = i;
                if (named > number)
                {
                    break;
                }

                continue;
            }

            if (!word.IsCapital && scan.HasCapital && !(i + 1 < scan.WordCount && scan.Words[i + 1].IsCapital) && !PostalWords.IsParticle(text) && !(i == number + 1 && PostalWords.IsSureHead(text)))
            {
                break;
            }

            var head = named == number && i + 1 < scan.WordCount && PostalTail.IsInside(scan.GapAfter(i)) && PostalWords.IsHead(text) && text is not "via"
                && (scan.Words[i + 1].IsCapital || (PostalWords.IsSureHead(text) && PostalWords.IsParticle(scan.WordText(i + 1)) && i + 2 < scan.WordCount && scan.Words[i + 2].IsCapital));
            var capital = head || word.IsCapital || !scan.HasCapital;
            if (PostalWords.IsParticle(text) && named > number)
            {
                continue;
            }

            if (!capital || !(head || PostalTail.IsPart(scan, i)))
            {
                break;
            }

            street |= named > number && PostalWords.IsTail(text) && text.Length > 2;
            street |= named == number && PostalWords.IsHead(text) && i + 1 < scan.WordCount && PostalTail.IsInside(scan.GapAfter(i)) && scan.Words[i + 1].IsAlpha
                && (scan.Words[i + 1].IsCapital || PostalWords.IsParticle(scan.WordText(i + 1)) || PostalWords.IsSureHead(text));
            last = named = i;
        }

        return last;
    }

    // "lives at", "my new address is", "Address:"
    private static bool IsCued(TextScan scan, int number)
    {
        if (number == 0 || !scan.Words[number + 1].IsAlpha || scan.WordText(number + 1).Length < 3 || PostalWords.IsPlaceWord(scan.WordText(number + 1)))
        {
            return false;
        }

        var behind = (scan.GapAfter(number - 1) is " " && scan.WordText(number - 1) is "at" or "to" or "is" or "with") || scan.GapAfter(number - 1).Contains(':');
        for (var i = number - 1; behind && i >= 0 && i >= number - CueWords && !scan.GapAfter(i).Contains('\n') && scan.GapAfter(i) is not ". "; i--)
        {
            if (PostalWords.IsCue(scan.WordText(i)))
            {
                return true;
            }
        }

        return false;
    }

    // From a flat back to the house number: on the line of the flat, or on the one before it.
    private static int Back(TextScan scan, int index, bool broken)
    {
        var best = -1;
        for (var i = index - 1; i >= 0 && i >= index - MostStreetWords; i--)
        {
            var gap = scan.GapAfter(i);
            if (!(i == index - 1 && broken ? PostalTail.IsJoint(gap) : PostalTail.IsInside(gap)))
            {
                break;
            }

            var word = scan.Words[i];
            if (word.HasDigit && word.Length <= 6)
            {
                best = i;
            }
            else if (!PostalTail.IsPart(scan, i) && !PostalWords.IsParticle(scan.WordText(i)))
            {
                break;
            }
        }

        return best < 0 ? best : Before(scan, best);
    }

    // "PSC 7004, Box 8380\nAPO AP 11949", "USS Dam\nFPO AE 94560"
    private static int Military(TextScan scan, int zip)
    {
        if (zip < 2 || scan.Words[zip].Length != 5 || !(scan.Is(zip - 1, "AA") || scan.Is(zip - 1, "AE") || scan.Is(zip - 1, "AP")) || !(scan.Is(zip - 2, "APO") || scan.Is(zip - 2, "FPO") || scan.Is(zip - 2, "DPO")))
        {
            return -1;
        }

        var first = zip - 2;
        while (first > 0 && zip - first < 7 && PostalTail.IsJoint(scan.GapAfter(first - 1)) && !(scan.GapAfter(first - 1).Contains('\n') && first < zip - 2) && (scan.Words[first - 1].HasDigit || PostalTail.IsPart(scan, first - 1) || PostalWords.IsUnit(scan.WordText(first - 1))))
        {
            first--;
        }

        return first;
    }
}

using Chaperone.Masking.Tagging;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Login names of people (R): handles behind an <c>@</c>, and an initial or given name joined to a family name: <c>asked by j.fairweather</c>.</summary>
internal sealed class LoginDetector : ITextDetector
{
    private const int Shortest = 4;
    private const int ShortestFamily = 4;
    private const int LeastDigits = 2;
    private const NameLists Plain = NameLists.Word | NameLists.Medical | NameLists.Region;
    private const int LeastDigitsOfFile = 6;
    private const NameLists Given = NameLists.Given | NameLists.CommonGiven;
    private const NameLists Family = NameLists.Family | NameLists.CommonFamily;

    // Who is spoken of or to.
    private static readonly WordSet Cues = "by ask asked cc ping pinged thanks thank hi hey hello assign assigned owner author reviewer approver assignee requester poke dm".Split(' ').ToWordSet();

    // What programs and style sheets write behind the sign.
    private static readonly WordSet Marks = "media import param params return returns override throws charset keyframes layer supports property include if else end for latest next beta main master everyone here channel all".Split(' ').ToWordSet();

    // Before "by" they order, or say what and not who.
    private static readonly WordSet Orders = "group order sort sorted partition cluster distribute then caused followed divided rendered".Split(' ').ToWordSet();

    // What stands in them is named after its owner.
    private static readonly WordSet Folders = "users home".Split(' ').ToWordSet();

    // Programs that are called like people.
    private static readonly WordSet Accounts = "jenkins tomcat travis oracle ubuntu vagrant runner administrator public shared default guest".Split(' ').ToWordSet();

    // Where programs keep their variables behind the sign.
    private static readonly WordSet Declares = "declare set exec execute".Split(' ').ToWordSet();
    private static readonly WordSet Kinds = "int bigint smallint bit varchar nvarchar char nchar date datetime datetime2 decimal float money table uniqueidentifier".Split(' ').ToWordSet();

    /// <summary>True where the text as a whole is a login: made of a name, or of letters and some digits.</summary>
    public static bool IsWhole(TextScan scan)
    {
        if (scan.WordCount is 0 or > 3 || scan.Words[0].Start != 0 || scan.Words[scan.WordCount - 1].End != scan.Length)
        {
            return false;
        }

        if (LabelValue.LoginEnd(scan, 0) == scan.Length && Masks.Shapes.CountDigits(scan.Text) >= LeastDigits)
        {
            return true;
        }

        var named = false;
        for (var i = 0; i < scan.WordCount; i++)
        {
            if (!scan.Words[i].IsAlpha || scan.Words[i].IsCapital || (i + 1 < scan.WordCount && scan.GapAfter(i) is not ("." or "_" or "-")))
            {
                return false;
            }

            named |= IsNamed(scan, i, NameModel.Shipped.Find(scan.WordText(i)));
        }

        return named;
    }

    public void Find(TextScan scan, TextSpans spans)
    {
        for (var i = 0; i < scan.WordCount; i++)
        {
            var word = scan.Words[i];
            if (word.IsNumber)
            {
                continue;
            }

            LoginCues.Find(scan, spans, i);
            if (!word.IsAlpha)
            {
                continue;
            }

            if (scan.At(word.End) == '_' && i + 1 < scan.WordCount && scan.GapAfter(i) is "_")
            {
                Filed(scan, spans, i);
            }

            if (scan.HasAt && scan.At(word.Start - 1) == '@')
            {
                Handle(scan, spans, i);
            }
            else if (i > 0 && scan.At(word.Start - 1) is '\\' or '/' && Folders.Contains(scan.WordText(i - 1)))
            {
                Home(scan, spans, i);
            }
            else if (!word.IsCapital && scan.At(word.End) == '.' && i + 1 < scan.WordCount && scan.Words[i + 1].Start == word.End + 1)
            {
                Joined(scan, spans, i);
            }
        }
    }

    // "C:\Users\j.langford": whose files they are, and no page of a site.
    private static void Home(TextScan scan, TextSpans spans, int index)
    {
        var folder = scan.Words[index - 1].Start;
        if (scan.GapAfter(index - 1) is not ("\\" or "\\\\" or "/") || scan.At(folder - 1) is not ('\\' or '/') || scan.At(folder - 2) is var before && (IsPart(before) || before == '/'))
        {
            return;
        }

        var last = index;
        var named = IsOwner(scan, index);
        while (last + 1 < scan.WordCount && scan.GapAfter(last) is "." or "_" or "-")
        {
            named |= IsOwner(scan, ++last);
        }

        if (named || (LoginCues.MayBe(scan, index, last) && !scan.Words[index].IsCapital))
        {
            spans.Add(scan.Words[index].Start, scan.Words[last].End, Identifier.Id);
        }
    }

    // "/scans/Holloway_Jane/", "smith_john_19700102.pdf": files that are named after people, by given and family name in either order; a number behind is theirs.
    private static void Filed(TextScan scan, TextSpans spans, int index)
    {
        var (one, two) = (scan.Words[index], scan.Words[index + 1]);
        if (!two.IsAlpha || one.Length < ShortestFamily - 1 || two.Length < ShortestFamily - 1 || one.IsCapital != two.IsCapital || (index > 0 && scan.GapAfter(index - 1) is "_" && scan.Words[index - 1].IsAlpha))
        {
            return;
        }

        // Behind small letters a number tells that it is no variable.
        var numbered = index + 2 < scan.WordCount && scan.GapAfter(index + 1) is "_" && scan.Words[index + 2] is { HasDigit: true, Length: >= LeastDigitsOfFile };
        if (!numbered && (!one.IsCapital || !IsInPath(scan, index)))
        {
            return;
        }

        var (first, second) = (NameModel.Shipped.Find(scan.WordText(index)), NameModel.Shipped.Find(scan.WordText(index + 1)));
        if (IsPair(first, second) || IsPair(second, first))
        {
            spans.Add(one.Start, numbered ? scan.Words[index + 2].End : two.End, Identifier.Name);
        }
    }

    // A word of the language may be one of them, both only where many people have them.
    private static bool IsPair(NameLists given, NameLists family) =>
        (given & Given) != 0 && (family & Family) != 0
        && (((given & NameLists.CommonGiven) != 0 && (family & NameLists.CommonFamily) != 0) || (((given | family) & (NameLists.Medical | NameLists.Region)) == 0 && (given & family & NameLists.Word) == 0));

    private static bool IsInPath(TextScan scan, int index) =>
        scan.At(scan.Words[index].Start - 1) is '/' or '\\' || scan.At(scan.Words[index + 1].End) is '/' or '\\' or '.';

    private static bool IsOwner(TextScan scan, int index) => scan.Words[index].IsAlpha && !Accounts.Contains(scan.WordText(index)) && IsNamed(scan, index, NameModel.Shipped.Find(scan.WordText(index)));

    private static void Handle(TextScan scan, TextSpans spans, int index)
    {
        var start = scan.Words[index].Start;
        if (IsPart(scan.At(start - 2)))
        {
            return;
        }

        var last = index;
        while (last + 1 < scan.WordCount && scan.GapAfter(last) is "." or "_" or "-")
        {
            last++;
        }

        // "@types/node", "@Cacheable(...)", "@2x"
        var end = scan.Words[last].End;
        if (end - start < Shortest || scan.At(end) is '/' or '(' or '@' or '{' || (scan.At(end) == ':' && scan.At(end + 1) != ' ') || scan.Words[index].IsCapital || Marks.Contains(scan.WordText(index)) || IsVariable(scan, index, last))
        {
            return;
        }

        var named = false;
        var plain = true;
        var cue = HasCue(scan, index);
        for (var i = index; i <= last; i++)
        {
            var lists = NameModel.Shipped.Find(scan.WordText(i));
            named |= IsNamed(scan, i, lists) && (cue || (lists & NameLists.Word) == 0);
            plain &= (lists & Plain) != 0;
        }

        if (named || (!plain && cue))
        {
            spans.Add(start, end, Identifier.Id);
        }
    }

    // "SET @banks = 1", "@ward varchar(9)", "@price = price"
    public static bool IsVariable(TextScan scan, int index, int last) =>
        scan.GapAfter(last) is var gap && (gap.TrimStart(' ').StartsWith("=") || (gap is " " && last + 1 < scan.WordCount && Kinds.Contains(scan.WordText(last + 1))))
        || (index > 0 && scan.GapAfter(index - 1) is " @" && Declares.Contains(scan.WordText(index - 1)));

    // "kowalska", "callie", "jfairweather", "langfordt"
    private static bool IsNamed(TextScan scan, int index, NameLists lists)
    {
        var text = scan.WordText(index);
        if (text.Length < ShortestFamily || (lists & (Plain & ~NameLists.Word)) != 0)
        {
            return false;
        }

        return (lists & (NameLists.Given | NameLists.Family)) != 0
            ? (lists & NameLists.Word) == 0 || (lists & (NameLists.CommonGiven | NameLists.CommonFamily)) != 0
            : lists == NameLists.None && text.Length > ShortestFamily && ((NameModel.Shipped.Find(text[1..]) & Family) != 0 || (NameModel.Shipped.Find(text[..^1]) & Family) != 0);
    }

    private static void Joined(TextScan scan, TextSpans spans, int index)
    {
        var (word, next) = (scan.Words[index], scan.Words[index + 1]);
        var before = scan.At(word.Start - 1);
        if (IsPart(before) || before is '/' or '@' or '\\' or '$' || !next.IsAlpha || next.IsCapital || next.Length < ShortestFamily || (word.Length > 1 && word.Length < 3))
        {
            return;
        }

        var last = index + 1;
        while (last + 1 < scan.WordCount && scan.GapAfter(last) is "-" && scan.Words[last + 1] is { IsAlpha: true, IsCapital: false })
        {
            last++;
        }

        var end = scan.Words[last].End;
        if (scan.At(end) is '(' or '[' or '=' or '_' or '@' or '/' or ':' or '-' || (scan.At(end) == '.' && IsPart(scan.At(end + 1))))
        {
            return;
        }

        // "[j.fairweather] closed", but no "rows[i.miller]" and no "(a.service, b)"
        if (before is '(' or '[' && (scan.At(end) != (before == '(' ? ')' : ']') || scan.At(word.Start - 2) is not ('\0' or ' ' or '\n')))
        {
            return;
        }

        var (given, family) = (NameModel.Shipped.Find(scan.WordText(index)), NameModel.Shipped.Find(scan.WordText(index + 1)));
        var surely = (family & Family) != 0 && (family & Plain) == 0;
        if (word.Length == 1 ? surely || (HasCue(scan, index) && (family & NameLists.Medical) == 0) : surely && (given & NameLists.Given) != 0 && (given & Plain) == 0)
        {
            spans.Add(word.Start, end, Identifier.Id);
        }
    }

    private static bool HasCue(TextScan scan, int index) =>
        index > 0 && scan.GapAfter(index - 1) is " " or " @" or ": " or ": @" or ", @" or "=" && Cues.Contains(scan.WordText(index - 1))
        && !(index > 1 && scan.Is(index - 1, "by") && Orders.Contains(scan.WordText(index - 2)));

    private static bool IsPart(char c) => char.IsLetterOrDigit(c) || c is '.' or '_' or '-';
}

using Chaperone.Masking.Detectors;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Tagging;

/// <content>What is written as programs are.</content>
internal sealed partial class TaggedNames
{
    // Words of programs of which lists of towns and names know some: None is one in Piedmont.
    private static readonly WordSet Keywords = """
        none sys dir elif str len int param params dict list union optional tuple val var vars obj args kwargs self cls def bool char void null nil nan true false async await const enum struct func impl mut pub lexer parser token tokens ttype tarinfo plat env ctx
        req resp err cfg conf config init util utils lib libs src dst tmp buf ptr idx num cnt fmt msg evt cmd exe dll jar pip npm apt dpkg rpm yum dnf brew wget curl perl posix unix linux debian debconf inc shell cache edge check value log model key
        backend frontend unicode kerberos syslog erlang irc csidl appdata lexers elasticsearch kubernetes modula prolog fortran wayland gnome apache nginx postgres mysql redis kafka
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToWordSet();

    private bool AreKeywords(TextScan scan, int first, int last)
    {
        while (first <= last && IsKeyword(scan, first))
        {
            first++;
        }

        return first > last;
    }

    // A word of programs that hardly anybody is called, where nothing says that it is a place.
    private bool IsKeyword(TextScan scan, int index) =>
        Keywords.Contains(scan.WordText(index)) && (model.Find(scan.WordText(index)) & NameLists.CommonGiven) == 0
        && (scan.Is(index, "none") || !(index > 0 && scan.GapAfter(index - 1) is " " && scan.WordText(index - 1) is "in" or "from" or "near" or "at" or "mr" or "Mr" or "Mrs" or "Ms" or "Dr"));

    // "CACERT_PATH", "new_attr": a part of a variable, unless many people are called so; "Holloway_Jane" is a file's.
    private bool IsOfVariable(TextScan scan, int index, bool place)
    {
        var word = scan.Words[index];
        if (scan.At(word.Start - 1) != '_' && scan.At(word.End) != '_' || (word.IsCapital && !word.IsUpper))
        {
            return false;
        }

        var lists = model.Find(scan.WordText(index));
        return place || (word.IsUpper ? (lists & Common) == 0 : (lists & (NameLists.Given | NameLists.Family)) == 0);
    }

    /// <summary>True for a word that programs write in the place of a value.</summary>
    public static bool IsOfProgram(ReadOnlySpan<char> word) => Keywords.Contains(word);

    // "Foo.Bar.Baz", "<param"
    private static bool IsCode(TextScan scan, int first, int last)
    {
        var start = scan.Words[first].Start;
        if (first == last && !scan.Words[first].IsCapital && (scan.At(start - 1) == '<' || (scan.At(start - 1) == '/' && scan.At(start - 2) == '<')))
        {
            return true;
        }

        // "SET @price = 3"
        if (scan.At(start - 1) == '@' && LoginDetector.IsVariable(scan, first, last))
        {
            return true;
        }

        // "http-nio-8080-exec-7"
        if (first == last && first > 0 && !scan.Words[first].IsCapital && scan.GapAfter(first - 1) is "-" && scan.GapAfter(first) is "-" && last + 1 < scan.WordCount && scan.Words[last + 1].HasDigit)
        {
            return true;
        }

        for (var i = first; i < last; i++)
        {
            if (scan.GapAfter(i) is "." && scan.Words[i].Length > 1 && !scan.Is(i, "st") && !NameReader.IsTitle(scan.WordText(i)))
            {
                return true;
            }
        }

        return false;
    }
}

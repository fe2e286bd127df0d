using System.Buffers;
using System.Collections.Frozen;

namespace Chaperone.Masking.Words;

/// <summary>Lines of programs: their words are names of types, functions and variables, but for comments and strings.</summary>
internal static class CodeLines
{
    // One sign happens in prose too: "see note (a);"
    private const int LeastSigns = 2;
    private const int LongestLine = 400;

    private static readonly FrozenSet<string> Openers = """
        public private protected internal static readonly var let const return import from using namespace class def function func fn if else for foreach while switch case try catch finally throw new await async
        export package struct enum interface void int string bool select insert create alter update delete where require include module impl pub mut yield assert abstract override sealed record type
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    private static readonly SearchValues<string> Strong = SearchValues.Create(["=>", "();", "::", "==", "!=", "&&", ":=", "});", "({", "</", "/>", "<>", "${"], StringComparison.Ordinal);

    private static readonly SearchValues<string> Comments = SearchValues.Create(["//", "/*", "# ", "-- ", "<!--"], StringComparison.Ordinal);

    /// <summary>True where what stands from <paramref name="start"/> to <paramref name="end"/> is code, and neither comment nor string.</summary>
    public static bool Hold(TextScan scan, int start, int end)
    {
        var text = scan.Text;
        var first = text[..start].LastIndexOfAny('\r', '\n') + 1;
        var length = text[start..].IndexOfAny('\r', '\n');
        var last = length < 0 ? text.Length : start + length;
        if (last - first > LongestLine)
        {
            return false;
        }

        var before = text[first..start];
        return before.IndexOfAny(Comments) < 0 && !before.TrimStart(' ').StartsWith("*") && before.Count('"') % 2 == 0 && before.Count('`') % 2 == 0
            && !(before.Count('\'') % 2 == 1 && text[end..last].Contains('\'')) && !IsContent(text, start, end) && Signs(text[first..last]) >= LeastSigns;
    }

    // "<b>Ann Lee</b>"
    private static bool IsContent(ReadOnlySpan<char> text, int start, int end) =>
        text[..start].TrimEnd(' ') is [.., '>'] && text[end..].TrimStart(' ') is ['<', ..];

    private static int Signs(ReadOnlySpan<char> line)
    {
        line = line.Trim();
        var signs = line.IndexOfAny(Strong) >= 0 ? 1 : 0;
        signs += line is [.., ';'] or [.., '{'] or [.., '('] or [.., ')'] ? 1 : 0;
        var opener = line.IndexOfAnyExceptInRange('a', 'z');
        signs += opener > 0 && line[opener] is ' ' or '(' or '<' && Openers.GetAlternateLookup<ReadOnlySpan<char>>().Contains(line[..opener]) ? 1 : 0;
        var joined = false;
        for (var i = 1; i + 1 < line.Length; i++)
        {
            joined |= char.IsLetter(line[i - 1]) && (line[i] is '(' or '<' || (line[i] == '.' && char.IsLower(line[i - 1]) && char.IsUpper(line[i + 1]) && IsMember(line[(i + 1)..])));
            joined |= line[i - 1] is ' ' or '(' && line[i] == '_' && char.IsLetter(line[i + 1]);
        }

        return joined ? signs + 1 : signs;
    }

    // "Foo.Bar(" is a member; in "pain.Maria lives" a blank is missing.
    private static bool IsMember(ReadOnlySpan<char> rest)
    {
        var end = 0;
        while (end < rest.Length && char.IsLetterOrDigit(rest[end]))
        {
            end++;
        }

        return end < rest.Length && rest[end] != ' ';
    }
}

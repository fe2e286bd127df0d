namespace Chaperone.Policy.Shell;

/// <summary>Whether programs of sed and awk run commands.</summary>
internal static class ShellPrograms
{
    /// <summary>Whether a script of sed has the commands <c>e</c> or <c>s///e</c>, or is not in the text.</summary>
    public static bool MaySedRun(ShellToken[] words)
    {
        if (words.Any(w => w.Text is "-f" or "--file" || w.Text.StartsWith("--file=", StringComparison.Ordinal)))
        {
            return true;
        }

        // -e script, -ne script, -escript
        var scripts = words.Index().Where(w => w.Index > 0 && (words[w.Index - 1].Text == "--expression" || (IsFlags(words[w.Index - 1].Text) && words[w.Index - 1].Text.EndsWith('e')))).Select(w => w.Item)
            .Concat(words.Where(w => w.Text.StartsWith("--expression=", StringComparison.Ordinal)).Select(w => w with { Text = w.Text["--expression=".Length..] }))
            .Concat(words.Where(w => IsFlags(w.Text) && w.Text.Contains('e', StringComparison.Ordinal) && !w.Text.EndsWith('e')).Select(w => w with { Text = w.Text[(w.Text.IndexOf('e', StringComparison.Ordinal) + 1)..] }))
            .ToArray();
        return (scripts.Length > 0 ? scripts : words.Skip(1).Where(w => !w.Text.StartsWith('-')).Take(1)).Any(s => (s.IsMade && s.Text.Length == 0) || SedRuns(s.Text));
    }

    private static bool IsFlags(string word) => word is ['-', not '-' and not 'i', ..];

    /// <summary>Whether a program of awk calls <c>system</c>, reads or writes a pipe, or is not in the text.</summary>
    public static bool MayAwkRun(ShellToken[] words)
    {
        for (var i = 1; i < words.Length; i++)
        {
            var text = words[i].Text;
            if (text is "-F" or "-v" or "--field-separator" or "--assign")
            {
                i++;
            }
            else if (text.StartsWith("-F", StringComparison.Ordinal) || text.StartsWith("-v", StringComparison.Ordinal) || text == "--")
            {
                continue;
            }
            else if (text.StartsWith('-') || words[i].IsMade)
            {
                return true;
            }
            else
            {
                // The first word is the program, the others are files.
                return AwkRuns(text);
            }
        }

        return false;
    }

    private static bool SedRuns(string script)
    {
        for (var at = 0; at < script.Length;)
        {
            at = AfterAddress(script, at);
            var command = at < script.Length ? script[at++] : '\n';
            switch (command)
            {
                case 'e':
                    return true;
                case 's' or 'y':
                    at = Parted(script, at, 2);
                    var end = script.AsSpan(Math.Min(at, script.Length)).IndexOfAny(';', '\n', '}') is >= 0 and var stop ? at + stop : script.Length;
                    if (at > script.Length || (command == 's' && script.AsSpan(at, end - at).Contains('e') && !script.AsSpan(at, end - at).Contains('w')))
                    {
                        return true;
                    }

                    at = end;
                    break;
                case 'a' or 'i' or 'c' or 'r' or 'R' or 'w' or 'W' or '#':
                    at = script.IndexOf('\n', at) is >= 0 and var line ? line : script.Length;
                    break;
                case 'b' or 't' or 'T' or ':':
                    at = script.AsSpan(at).IndexOfAny(';', '\n') is >= 0 and var after ? at + after : script.Length;
                    break;
            }
        }

        return false;
    }

    private static int AfterAddress(string script, int at)
    {
        while (at < script.Length && (char.IsAsciiDigit(script[at]) || script[at] is ' ' or '\t' or '\n' or ';' or ',' or '$' or '!' or '~' or '+' or '{' or '}' or 'I' or 'M' or '/' or '\\'))
        {
            at = script[at] switch
            {
                '/' => Parted(script, at, 1),
                '\\' => Parted(script, at + 1, 1),
                _ => at + 1,
            };
        }

        return Math.Min(at, script.Length);
    }

    /// <summary>After so many parts between the delimiter at <paramref name="at"/>; beyond the end where one is missing.</summary>
    private static int Parted(string script, int at, int parts)
    {
        if (at >= script.Length)
        {
            return script.Length + 1;
        }

        var delimiter = script[at];
        for (at++; at < script.Length; at++)
        {
            if (script[at] == '\\')
            {
                at++;
            }
            else if (script[at] == delimiter && --parts == 0)
            {
                return at + 1;
            }
        }

        return script.Length + 1;
    }

    private static bool AwkRuns(string program)
    {
        if (program.Contains("system", StringComparison.Ordinal))
        {
            return true;
        }

        var before = '\0';
        for (var at = 0; at < program.Length; at++)
        {
            var letter = program[at];
            switch (letter)
            {
                case '@':
                    return true;
                case '|' when at + 1 < program.Length && program[at + 1] == '|':
                    at++;
                    break;
                case '|':
                    return true;
                case '"' or '/' when letter == '"' || before is '\0' or '(' or '~' or ',' or '!' or '{' or ';' or '&' or '|' or '\n':
                    // A text, or a regular expression where no number can stand before a division.
                    at = Parted(program, at, 1) - 1;
                    break;
                case '#':
                    at = program.IndexOf('\n', at) is >= 0 and var line ? line : program.Length;
                    letter = '\n';
                    break;
            }

            before = letter is ' ' or '\t' ? before : letter;
        }

        return false;
    }
}

using System.Buffers;

namespace Chaperone.Policy.Shell;

/// <summary>
/// Finds the commands of a shell script, whatever stands around them: assignments, redirections, compound commands, and the
/// commands that run other commands (sudo, env, xargs, sh -c ...). What it cannot follow makes the script opaque.
/// </summary>
internal sealed class ShellReader
{
    private const int MaxLength = 64 * 1024;
    private const int MaxDepth = 10;
    private const int MaxCommands = 2000;

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "if", "then", "else", "elif", "fi", "do", "done", "while", "until", "for", "case", "esac", "in", "{", "}", "!", "select", "function", "time", "coproc", "[[", "]]",
    };

    private static readonly SearchValues<char> NameLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_[]");

    private readonly ShellScript _script = new();
    private readonly List<ShellToken> _inputs = [];

    /// <summary>Reads <paramref name="text"/>.</summary>
    public static ShellScript Read(string text)
    {
        var reader = new ShellReader();
        reader.Read(text, 0);
        return reader._script;
    }

    private void Read(string text, int depth)
    {
        if (text.Length > MaxLength || depth > MaxDepth || text.Contains('\0', StringComparison.Ordinal))
        {
            _script.Problem ??= $"is longer than {MaxLength} characters, or nested too deeply";
            return;
        }

        var lexer = new ShellLexer(text);
        try
        {
            Tokens(lexer, depth);
        }
        catch (FormatException)
        {
            _script.Problem ??= "has a quote or a substitution without an end";
        }

        foreach (var inner in lexer.Inner)
        {
            _script.HasSubstitutions = true;
            Read(inner, depth + 1);
        }
    }

    private void Tokens(ShellLexer lexer, int depth)
    {
        var words = new List<ShellToken>();
        var commands = 0;
        while (lexer.Next() is { } token)
        {
            if (token.Kind == ShellTokenKind.Word)
            {
                words.Add(token);
                continue;
            }

            if (IsRedirection(token.Text))
            {
                Redirect(token.Text, words, lexer, depth);
                continue;
            }

            commands += End(words, depth);
            _script.HasPipes |= token.Text is "|" or "|&";
            _script.HasSeveral |= commands > 0 && token.Text is "&&" or "||" or "(" or "&" or ";;";
        }

        commands += End(words, depth);
        _script.HasSeveral |= commands > 1 && !(_script.HasPipes && commands == 2);
    }

    private static bool IsRedirection(string text) => text.Contains('<', StringComparison.Ordinal) || text.Contains('>', StringComparison.Ordinal);

    private void Redirect(string kind, List<ShellToken> words, ShellLexer lexer, int depth)
    {
        _script.HasRedirections = true;

        // 2>file: the number is part of the redirection.
        if (words is [.., { IsQuoted: false, Text: [>= '0' and <= '9'] }])
        {
            words.RemoveAt(words.Count - 1);
        }

        if (lexer.Next() is not { Kind: ShellTokenKind.Word } target)
        {
            throw new FormatException();
        }

        if (kind is "<<" or "<<-")
        {
            var body = lexer.HereDocument(target.Text);
            if (IsShell(words))
            {
                Read(body, depth + 1);
            }
        }
        else if (kind is "<<<" && IsShell(words))
        {
            Read(target.Text, depth + 1);
        }
        else if (kind is "<" or "<<<" && IsShell(words))
        {
            _script.IsOpaque = true;
        }
        else if (kind is "<")
        {
            // cat < file reads it as cat file does.
            _inputs.Add(target);
        }
    }

    private static bool IsShell(List<ShellToken> words) => words.Exists(w => ShellWrappers.IsShell(NameOf(w.Text)));

    /// <summary>Ends a simple command; 1 if there was one.</summary>
    private int End(List<ShellToken> words, int depth)
    {
        if (words.Count > 0)
        {
            words.AddRange(_inputs);
            _inputs.Clear();
        }

        var at = 0;
        while (at < words.Count && IsBefore(words, at))
        {
            // for x in a b: what follows are words, no command.
            if (words[at] is { IsQuoted: false, Text: "for" or "case" or "select" or "function" })
            {
                words.Clear();
                return 0;
            }

            at++;
        }

        if (at == words.Count)
        {
            words.Clear();
            return 0;
        }

        Add([.. words.Skip(at)], depth);
        words.Clear();
        return 1;
    }

    private static bool IsBefore(List<ShellToken> words, int at) =>
        (!words[at].IsQuoted && Reserved.Contains(words[at].Text)) || IsAssignment(words[at].Text);

    private static bool IsAssignment(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && (char.IsAsciiLetter(word[0]) || word[0] == '_') && word.AsSpan(0, equals).TrimEnd('+').IndexOfAnyExcept(NameLetters) < 0;
    }

    private void Add(ShellToken[] words, int depth)
    {
        if (_script.Commands.Count >= MaxCommands || depth > MaxDepth)
        {
            _script.Problem ??= $"runs more than {MaxCommands} commands, or they are nested too deeply";
            return;
        }

        if ((words[0].IsMade || words[0].IsPattern) && words[0].Text is not "[")
        {
            _script.IsOpaque = true;
            _script.Commands.Add(new ShellCommand("?", TextsOf(words)));
            return;
        }

        var name = NameOf(words[0].Text);
        _script.Commands.Add(new ShellCommand(name, TextsOf(words[1..])));
        if (ShellWrappers.IsOpaque(name))
        {
            _script.IsOpaque = true;
        }

        if (ShellWrappers.IsShell(name))
        {
            AddShell(words, depth);
        }
        else if (ShellWrappers.Skip(name, words) is var skip and > 0)
        {
            if (skip < words.Length)
            {
                Add(words[skip..], depth + 1);
            }
        }
    }

    /// <summary><c>sh -c text</c> runs the text; a shell without it runs what it is given on its input.</summary>
    private void AddShell(ShellToken[] words, int depth)
    {
        for (var i = 1; i < words.Length; i++)
        {
            if (words[i].Text is ['-', not '-', ..] && words[i].Text.Contains('c', StringComparison.Ordinal) && i + 1 < words.Length)
            {
                if (words[i + 1].IsMade)
                {
                    _script.IsOpaque = true;
                }

                Read(words[i + 1].Text, depth + 1);
                return;
            }
        }

        // bash script.sh and curl ... | bash
        _script.IsOpaque |= words.Length > 1 ? words is not [_, { Text: "--version" or "--help" }] : _script.HasPipes;
    }

    private static string?[] TextsOf(IEnumerable<ShellToken> words) => [.. words.Select(w => w.IsMade ? null : w.Text)];

    private static string NameOf(string word)
    {
        var name = word[(word.LastIndexOf('/') + 1)..];
        return name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name;
    }
}

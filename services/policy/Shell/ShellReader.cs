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
    private const int MostGuesses = 200;

    // Of all commands together, those inside others counted again: it bounds the work and the memory that a text can cost.
    private const int MaxWords = 2_000_000;

    private static readonly string TooMuch = $"runs more than {MaxCommands} commands, they are nested too deeply, or have too many words";

    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "if", "then", "else", "elif", "fi", "do", "done", "while", "until", "for", "case", "esac", "in", "{", "}", "!", "select", "function", "time", "coproc", "[[", "]]",
    };

    private static readonly SearchValues<char> NameLetters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_[]");

    private readonly ShellScript _script = new();
    private readonly List<ShellToken> _inputs = [];
    private readonly List<ShellToken> _texts = [];
    private readonly bool _isGuess;

    // Shared with the readers of guesses.
    private readonly WordCount _count;

    // What an echo before a pipe gives to the command after it.
    private ShellToken[] _fed = [];
    private bool _feedsShell;

    private ShellReader(WordCount count, bool isGuess) => (_count, _isGuess) = (count, isGuess);

    /// <summary>Reads <paramref name="text"/>.</summary>
    public static ShellScript Read(string text)
    {
        var reader = new ShellReader(new WordCount(), isGuess: false);
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
        var documents = new List<(string Kind, ShellToken End)>();
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
                Redirect(token.Text, words, lexer, documents);
                continue;
            }

            commands += End(words, depth);
            _fed = token.Text is "|" or "|&" ? _fed : [];
            _script.HasPipes |= token.Text is "|" or "|&";
            _script.HasSeveral |= commands > 0 && token.Text is "&&" or "||" or "(" or "&" or ";;";
            if (token.Text == "\n")
            {
                Documents(lexer, documents, depth);
            }
        }

        commands += End(words, depth);
        _script.HasSeveral |= commands > 1 && !(_script.HasPipes && commands == 2);
        if (documents.Count > 0)
        {
            throw new FormatException();
        }
    }

    /// <summary>Reads the here-documents that the line before has announced.</summary>
    private void Documents(ShellLexer lexer, List<(string Kind, ShellToken End)> documents, int depth)
    {
        foreach (var (kind, end) in documents)
        {
            var body = lexer.HereDocument(end.Text, kind == "<<-");
            if (_feedsShell)
            {
                Read(body, depth + 1);
            }

            if (!end.IsQuoted)
            {
                lexer.Inner.AddRange(ShellLexer.Substitutions(body));
            }
        }

        documents.Clear();
        _feedsShell = false;
    }

    private static bool IsRedirection(string text) => text.Contains('<', StringComparison.Ordinal) || text.Contains('>', StringComparison.Ordinal);

    private void Redirect(string kind, List<ShellToken> words, ShellLexer lexer, List<(string Kind, ShellToken End)> documents)
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

        switch (kind)
        {
            case "<<" or "<<-":
                documents.Add((kind, target));
                break;
            case "<<<":
                _texts.Add(target);
                break;
            case "<":
                // cat < file reads it as cat file does.
                _inputs.Add(target);
                break;
        }
    }

    private static bool IsFed(List<ShellToken> words) => words.Exists(w => ShellWrappers.IsShell(NameOf(w.Text)))
        || (words.Exists(w => NameOf(w.Text) == "ssh") && words.FindIndex(w => NameOf(w.Text) == "ssh") is var at && ShellWrappers.RemoteAt([.. words.Skip(at)]) >= words.Count - at);

    /// <summary>Ends a simple command; 1 if there was one.</summary>
    private int End(List<ShellToken> words, int depth)
    {
        TakeInputs(words, depth);
        var at = 0;
        while (at < words.Count && IsBefore(words, at))
        {
            // for x in a b: what follows are words, no command.
            if (words[at] is { IsQuoted: false, Text: "for" or "case" or "select" })
            {
                words.Clear();
                return 0;
            }

            at += Skipped(words, at);
        }

        if (at >= words.Count)
        {
            words.Clear();
            return 0;
        }

        Add([.. words.Skip(at)], depth);
        _fed = NameOf(words[at].Text) is "echo" or "printf" ? [.. words.Skip(at + 1).Where(w => !w.IsMade).SelectMany(w => w.Text.Split((char[])[' ', '\t', '\n'], StringSplitOptions.RemoveEmptyEntries)).Select(t => new ShellToken(ShellTokenKind.Word, t))] : [];
        words.Clear();
        return 1;
    }

    /// <summary>What a command is given to read: by an echo, a file or a text.</summary>
    private void TakeInputs(List<ShellToken> words, int depth)
    {
        if (words.Count == 0)
        {
            return;
        }

        var isFed = IsFed(words);
        _feedsShell |= isFed;
        ShellToken[] texts = [.. _texts];
        ShellToken[] inputs = [.. _inputs];
        _texts.Clear();
        _inputs.Clear();
        foreach (var text in texts.Where(_ => isFed))
        {
            _script.IsOpaque |= text.IsMade;
            Read(text.Text, depth + 1);
        }

        if (_fed.Length > 0 && words.Exists(w => NameOf(w.Text) == "xargs"))
        {
            words.AddRange(_fed);
        }

        _script.IsOpaque |= isFed && (inputs.Length > 0 || (_script.HasPipes && NameOf(words[0].Text) == "ssh"));
        _script.IsOpaque |= words.Exists(w => IsAssignment(w.Text) && ShellWrappers.RunsByItself(w.Text[..w.Text.IndexOf('=', StringComparison.Ordinal)]));
        words.AddRange(inputs);
    }

    /// <summary>How many words a reserved word and what belongs to it are: <c>function f</c>, <c>coproc X {</c>, <c>time -p</c>.</summary>
    private static int Skipped(List<ShellToken> words, int at) => words[at] switch
    {
        { IsQuoted: false, Text: "function" } => 2,
        { IsQuoted: false, Text: "coproc" } when at + 2 < words.Count && words[at + 2].Text == "{" => 2,
        { IsQuoted: false, Text: "time" } when at + 1 < words.Count && words[at + 1].Text is "-p" or "--" => 2,
        _ => 1,
    };

    private static bool IsBefore(List<ShellToken> words, int at) =>
        (!words[at].IsQuoted && Reserved.Contains(words[at].Text)) || IsAssignment(words[at].Text);

    private static bool IsAssignment(string word)
    {
        var equals = word.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && (char.IsAsciiLetter(word[0]) || word[0] == '_') && word.AsSpan(0, equals).TrimEnd('+').IndexOfAnyExcept(NameLetters) < 0;
    }

    private void Add(ShellToken[] words, int depth)
    {
        _count.Words += words.Length;
        if (_script.Commands.Count >= MaxCommands || depth > MaxDepth || _count.Words > MaxWords)
        {
            _script.Problem ??= TooMuch;
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
        if (ShellWrappers.IsOpaque(name, words))
        {
            _script.IsOpaque = true;
        }

        if (ShellWrappers.IsShell(name) || (name == "runuser" && words.Any(w => w.Text is "-c")))
        {
            AddShell(words, depth);
            return;
        }

        foreach (var text in ShellWrappers.TextsOf(name, words))
        {
            Read(text, depth + 1);
        }

        var starts = ShellWrappers.StartsOf(name, words);
        foreach (var start in starts)
        {
            Add(words[start..], depth + 1);
        }

        if (!_isGuess && ShellWrappers.MayRunAt(name, words) is > 0 and var from)
        {
            Guess(words, from, depth);
        }
    }

    /// <summary>
    /// A command that is not known may run what its words say: rules that restrict look at each of them as if it began a
    /// command, or were a script.
    /// </summary>
    private void Guess(ShellToken[] words, int from, int depth)
    {
        for (var i = from; i < words.Length && i < MostGuesses; i++)
        {
            if (_count.Words > MaxWords)
            {
                _script.Problem ??= TooMuch;
                return;
            }

            var reader = new ShellReader(_count, isGuess: true);
            if (words[i].Text.AsSpan().ContainsAny(' ', '\t', '\n') && !words[i].IsMade)
            {
                // --exec=rm -rf x, !rm -rf x
                reader.Read(AfterNames(words[i].Text).TrimStart('!', '+'), depth + 1);
            }
            else if (!words[i].Text.StartsWith('-') && !words[i].IsMade && !words[i].IsPattern)
            {
                reader.Add(words[i..], depth + 1);
            }

            _script.IsOpaque |= reader._script is { IsOpaque: true, Commands: [{ Words.Count: > 0 } first, ..] } && ShellWrappers.IsShell(first.Name);
            _script.Possible.AddRange(reader._script.Commands.Take(MaxCommands - _script.Possible.Count));
        }
    }

    /// <summary><c>sh -c text</c> runs the text; a shell without it runs what it is given on its input.</summary>
    private void AddShell(ShellToken[] words, int depth)
    {
        for (var i = 1; i < words.Length; i++)
        {
            if (words[i].Text.StartsWith("--command=", StringComparison.Ordinal))
            {
                _script.IsOpaque |= words[i].IsMade;
                Read(words[i].Text["--command=".Length..], depth + 1);
                return;
            }

            if (((words[i].Text is ['-', not '-', ..] && words[i].Text.Contains('c', StringComparison.Ordinal)) || words[i].Text == "--command") && i + 1 < words.Length)
            {
                if (words[i + 1].IsMade)
                {
                    _script.IsOpaque = true;
                }

                Read(words[i + 1].Text, depth + 1);

                // bash -c '"$@"' x rm -rf /data
                Guess(words, i + 2, depth);
                return;
            }
        }

        // bash script.sh and curl ... | bash
        _script.IsOpaque |= words.Length > 1 ? words is not [_, { Text: "--version" or "--help" }] : _script.HasPipes;
    }

    // --checkpoint-action=exec=rm -rf x
    private static string AfterNames(string word)
    {
        var blank = word.AsSpan().IndexOfAny(' ', '\t', '\n');
        return word[(word.AsSpan(0, Math.Max(0, blank)).LastIndexOf('=') + 1)..];
    }

    private static string?[] TextsOf(IEnumerable<ShellToken> words) => [.. words.Select(w => w.IsMade ? null : w.Text)];

    private static string NameOf(string word)
    {
        var name = word[(word.LastIndexOf('/') + 1)..];
        return name.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) ? name[..^4] : name.EndsWith(".kubectl", StringComparison.Ordinal) ? "kubectl" : name;
    }

    /// <summary>Words of commands that were read so far.</summary>
    private sealed class WordCount
    {
        public int Words { get; set; }
    }
}

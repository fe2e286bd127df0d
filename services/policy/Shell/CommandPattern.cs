using Chaperone.Policy.Patterns;

namespace Chaperone.Policy.Shell;

/// <summary>
/// A command as a rule names it: <c>rm -rf</c>, <c>kubectl delete</c>, <c>git push --force</c>, <c>systemctl *</c>. The first
/// word is the name, the other words must stand among its own in this order, and the flags in any order and spelling: -rf is
/// -r -f.
/// </summary>
internal sealed class CommandPattern
{
    private readonly NamePattern _name;
    private readonly NamePattern[] _words;
    private readonly string[][] _flags;

    public CommandPattern(string text)
    {
        Text = text;
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        _name = new NamePattern(parts.Length == 0 ? "" : parts[0]);
        _words = [.. parts.Skip(1).Where(p => !p.StartsWith('-')).Select(p => new NamePattern(p))];
        _flags = [.. parts.Skip(1).Where(p => p.StartsWith('-')).Select(p => FlagsOf(p).ToArray())];
    }

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>Whether <paramref name="command"/> may be meant: a word that is made when it runs may be any.</summary>
    public bool MayMean(ShellCommand command) => IsMeant(command, wary: true);

    /// <summary>Whether it is meant for certain.</summary>
    public bool Means(ShellCommand command) => IsMeant(command, wary: false);

    public override string ToString() => Text;

    private bool IsMeant(ShellCommand command, bool wary)
    {
        if (!_name.Matches(command.Name))
        {
            return false;
        }

        var isMade = command.Words.Any(w => w is null);
        if (isMade)
        {
            return wary ? !IsAnotherVerb(command) : _words.Length == 0 && _flags.Length == 0;
        }

        var words = command.Words.OfType<string>().ToArray();
        var flags = words.Where(w => w.StartsWith('-') || (w.StartsWith('+') && command.Name == "git")).SelectMany(FlagsOf).ToHashSet(StringComparer.Ordinal);

        // find -delete is one flag of many letters, rm -rf is two; getopt takes --recurs for --recursive.
        return Array.TrueForAll(_flags, f => flags.Contains(f[^1]) || (f.Length > 1 && f[..^1].All(flags.Contains)) || (wary && f[^1].StartsWith("--", StringComparison.Ordinal) && flags.Any(g => g.Length > 2 && f[^1].StartsWith(g, StringComparison.Ordinal))))
            && (ShellVerbs.Have(command.Name) ? HasVerb(command.Name, words, wary) : HasWords([.. words.Where(w => !w.StartsWith('-'))]));
    }

    /// <summary>A literal verb is no other, whatever is made of the words after it: <c>kubectl get $X</c> deletes nothing.</summary>
    private bool IsAnotherVerb(ShellCommand command) => _words.Length > 0 && ShellVerbs.AreFirst(command.Name) && command.Words is [{ } verb, ..] && !verb.StartsWith('-') && !_words[0].Matches(verb);

    /// <summary>
    /// Whether the verb is the one of the pattern: <c>kubectl delete pod get</c> gets nothing. What may be a flag's value counts
    /// as one for rules that restrict, and only what certainly is one for rules that allow.
    /// </summary>
    private bool HasVerb(string name, string[] words, bool wary)
    {
        if (_words.Length == 0)
        {
            return true;
        }

        if (!wary)
        {
            var at = ShellVerbs.VerbOf(name, words);
            return at >= 0 && at + _words.Length <= words.Length && _words.Index().All(w => w.Item.Matches(words[at + w.Index]));
        }

        if (!ShellVerbs.AreFirst(name))
        {
            return HasWords([.. words.Where(w => !w.StartsWith('-'))]);
        }

        for (var i = 0; i < words.Length; i++)
        {
            if (words[i].StartsWith('-'))
            {
                continue;
            }

            if (_words[0].Matches(words[i]) && HasWords([.. words.Skip(i).Where(w => !w.StartsWith('-'))]))
            {
                return true;
            }

            // Only the value of a flag may stand before the verb.
            if (i == 0 || !words[i - 1].StartsWith('-') || words[i - 1] == "--" || words[i - 1].Contains('=', StringComparison.Ordinal))
            {
                return false;
            }
        }

        return false;
    }

    private bool HasWords(string[] words)
    {
        var next = 0;
        foreach (var word in words)
        {
            if (next < _words.Length && _words[next].Matches(word))
            {
                next++;
            }
        }

        return next == _words.Length;
    }

    /// <summary>The flags of one word: each letter of -rf, or the name of --force=yes. Long names that have a letter count as it.</summary>
    private static IEnumerable<string> FlagsOf(string word)
    {
        if (word.StartsWith("--", StringComparison.Ordinal))
        {
            var name = word.Split('=')[0];
            yield return name switch
            {
                "--force-with-lease" => "f",
                { Length: > 2 } when "--recursive".StartsWith(name, StringComparison.Ordinal) => "r",
                { Length: > 2 } when "--force".StartsWith(name, StringComparison.Ordinal) => "f",
                _ => name,
            };
            yield break;
        }

        // git push origin +main
        if (word.StartsWith('+'))
        {
            yield return "f";
            yield break;
        }

        foreach (var letter in word.AsSpan(1).ToArray())
        {
            yield return letter == 'R' ? "r" : letter.ToString();
        }

        yield return word;
    }
}

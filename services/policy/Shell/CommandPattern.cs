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
            return wary || (_words.Length == 0 && _flags.Length == 0);
        }

        var flags = command.Words.OfType<string>().Where(w => w.StartsWith('-')).SelectMany(FlagsOf).ToHashSet(StringComparer.Ordinal);

        // find -delete is one flag of many letters, rm -rf is two.
        return Array.TrueForAll(_flags, f => flags.Contains(f[^1]) || (f.Length > 1 && f[..^1].All(flags.Contains))) && HasWords([.. command.Words.OfType<string>().Where(w => !w.StartsWith('-'))]);
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
                "--recursive" => "r",
                "--force" or "--force-with-lease" => "f",
                _ => name,
            };
            yield break;
        }

        foreach (var letter in word.AsSpan(1).ToArray())
        {
            yield return letter == 'R' ? "r" : letter.ToString();
        }

        yield return word;
    }
}

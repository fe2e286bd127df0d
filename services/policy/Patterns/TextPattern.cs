using System.Text.RegularExpressions;

namespace Chaperone.Policy.Patterns;

/// <summary>
/// A regular expression that runs in linear time. Its automaton takes some 200 KB, so it is made when a call first needs it:
/// a policy of many patterns costs what its use costs.
/// </summary>
internal sealed class TextPattern
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(250);

    private readonly Lazy<Regex> _regex;

    private TextPattern(string text, TimeSpan limit)
    {
        Text = text;
        _regex = new Lazy<Regex>(() => Make(text, limit));
    }

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>Reads a pattern.</summary>
    /// <exception cref="ArgumentException">It is no regular expression; the message says why.</exception>
    /// <exception cref="NotSupportedException">It cannot run in linear time.</exception>
    public static TextPattern Parse(string text) => Parse(text, Limit);

    /// <summary>A pattern that is known to be good.</summary>
    internal static TextPattern Known(string text) => new(text, Limit);

    /// <summary>As <see cref="Parse(string)"/>, with another limit.</summary>
    internal static TextPattern Parse(string text, TimeSpan limit)
    {
        _ = Make(text, limit);
        return new TextPattern(text, limit);
    }

    /// <summary>Whether it is found in <paramref name="text"/>; null when that took longer than the limit, 250 ms.</summary>
    public bool? Finds(string text)
    {
        try
        {
            return _regex.Value.IsMatch(text);
        }
        catch (RegexMatchTimeoutException)
        {
            return null;
        }
    }

    public override string ToString() => Text;

    private static Regex Make(string text, TimeSpan limit) => new(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, limit);
}

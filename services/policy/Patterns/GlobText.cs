using System.Text.RegularExpressions;

namespace Chaperone.Policy.Patterns;

/// <summary>One spelling of a glob. Pieces between stars are searched one after the other and never again; a glob with <c>?</c> runs as a linear automaton.</summary>
internal sealed class GlobText
{
    private readonly string[] _pieces;
    private readonly TextPattern? _automaton;

    public GlobText(string glob)
    {
        _pieces = glob.Split('*');
        if (glob.Contains('?', StringComparison.Ordinal))
        {
            _automaton = TextPattern.Known(
                @"(?s)\A" + Regex.Escape(glob).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal) + @"\z");
        }
    }

    /// <summary>Whether the whole of <paramref name="text"/> matches; null when that took too long.</summary>
    public bool? Matches(string text) => _automaton is null ? MatchesPieces(text) : _automaton.Finds(text);

    private bool MatchesPieces(ReadOnlySpan<char> text)
    {
        if (_pieces.Length == 1)
        {
            return text.SequenceEqual(_pieces[0]);
        }

        var (first, last) = (_pieces[0], _pieces[^1]);
        if (text.Length < first.Length + last.Length || !text.StartsWith(first) || !text.EndsWith(last))
        {
            return false;
        }

        var rest = text[first.Length..^last.Length];
        foreach (var piece in _pieces.AsSpan(1, _pieces.Length - 2))
        {
            var at = rest.IndexOf(piece);
            if (at < 0)
            {
                return false;
            }

            rest = rest[(at + piece.Length)..];
        }

        return true;
    }
}

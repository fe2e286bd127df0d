using System.Text;
using Chaperone.Masking;

namespace Chaperone.Eval;

/// <summary>Which characters of a text the findings cover, whatever their type.</summary>
internal sealed class Coverage
{
    private readonly string _text;
    private readonly bool[] _covered;

    public Coverage(string text, IReadOnlyList<TextFinding> findings)
    {
        _text = text;
        _covered = new bool[text.Length];
        foreach (var finding in findings)
        {
            _covered.AsSpan(finding.Start, finding.End - finding.Start).Fill(true);
        }
    }

    /// <summary>True where every letter and digit from <paramref name="start"/> to <paramref name="end"/> is covered.</summary>
    public bool Covers(int start, int end)
    {
        for (var i = start; i < end; i++)
        {
            if (!_covered[i] && Rune.TryGetRuneAt(_text, i, out var rune) && Rune.IsLetterOrDigit(rune))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True where any character from <paramref name="start"/> to <paramref name="end"/> is covered.</summary>
    public bool Touches(int start, int end) => _covered.AsSpan(start, end - start).Contains(true);
}

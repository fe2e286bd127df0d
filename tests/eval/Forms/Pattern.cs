using System.Globalization;
using System.Text;

namespace Chaperone.Eval.Forms;

/// <summary>Makes values from patterns: <c>#</c> is a digit, <c>@</c> a capital letter, <c>?</c> either; all else stands for itself. The same every run.</summary>
internal sealed class Pattern(uint seed)
{
    private const string Letters = "ABCDEFGHJKLMNPRSTUVWXYZ";

    private uint _state = seed;

    public string Fill(string pattern)
    {
        var value = new StringBuilder(pattern.Length);
        foreach (var c in pattern)
        {
            value.Append(c switch
            {
                '#' => Digit(),
                '@' => Letters[Next(Letters.Length)],
                '?' => Next(2) == 0 ? Digit() : Letters[Next(Letters.Length)],
                _ => c,
            });
        }

        return value.ToString();
    }

    private char Digit() => Next(10).ToString(CultureInfo.InvariantCulture)[0];

    private int Next(int below)
    {
        _state = (_state * 1664525u) + 1013904223u;
        return (int)((_state >> 8) % (uint)below);
    }
}

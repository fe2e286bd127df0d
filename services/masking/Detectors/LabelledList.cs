using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Several numbers behind one label: <c>MRNs: 4432109, 4432110 and 4432111</c>.</summary>
internal readonly struct LabelledList
{
    private readonly int _length;
    private readonly int _last;

    /// <summary>A number from word <paramref name="first"/> to <paramref name="last"/> that its label gave away.</summary>
    public LabelledList(TextScan scan, int first, int last, Identifier identifier)
    {
        _length = scan.Words[last].End - scan.Words[first].Start;
        _last = last;
        Identifier = identifier;
    }

    /// <summary>What the numbers are.</summary>
    public Identifier Identifier { get; }

    /// <summary>True where word <paramref name="index"/> starts the next number of the list: alike in length, with nothing but a comma or "and" before it.</summary>
    public bool Continues(TextScan scan, int index)
    {
        if (_length < 5 || Identifier is Identifier.Date or Identifier.Name or Identifier.Address || Math.Abs(scan.Words[index].Length - _length) > 1)
        {
            return false;
        }

        var joined = scan.Is(index - 1, "and") || scan.Is(index - 1, "or");
        var before = joined ? index - 2 : index - 1;
        return before == _last && scan.GapAfter(before) is ", " or "," or " " or "; " or " / " or "/" or " & " or "\n" && (joined || scan.GapAfter(before) is not " ");
    }
}

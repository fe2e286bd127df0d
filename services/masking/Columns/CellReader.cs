using System.Buffers;
using Chaperone.Masking.Detectors;
using Chaperone.Masking.Masks;
using Chaperone.Masking.Tagging;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Columns;

/// <summary>Says what a cell looks like without its column's name. Not thread-safe.</summary>
internal sealed class CellReader(NameModel model)
{
    /// <summary>Longer cells are texts, and read for themselves.</summary>
    public const int Longest = 80;

    private const int MostWords = 6;
    private const int LeastDigitsOfNumber = 5;
    private const int LongestNumber = 24;

    private static readonly SearchValues<char> Strange = SearchValues.Create("[]{}@\\=<>");
    private static readonly SearchValues<char> OfPhones = SearchValues.Create("0123456789 ()-.+");
    private static readonly SearchValues<char> Joints = SearchValues.Create(" .,'-’");

    private readonly TextScan _scan = new();

    /// <summary>What <paramref name="cell"/> looks like.</summary>
    public CellKind Read(ReadOnlySpan<char> cell)
    {
        cell = cell.Trim();

        // "1) Ann Lee"
        var item = cell.IndexOfAny(')', '.');
        if (item is 1 or 2 or 3 && !cell[..item].ContainsAnyExceptInRange('0', '9') && cell.Length > item + 2 && cell[item + 1] == ' ')
        {
            cell = cell[(item + 2)..].TrimStart();
        }

        if (cell is "F" or "M" or "f" or "m" or "Female" or "Male" or "female" or "male" or "FEMALE" or "MALE")
        {
            return CellKind.Sex;
        }

        if (cell.Length < 2 || Shapes.SaysNothing(cell))
        {
            return CellKind.Nothing;
        }

        if (cell.IndexOf('@') is > 0 and var at && cell.Length <= Longest && cell[(at + 1)..].Contains('.') && !cell.ContainsAny(' ', '/'))
        {
            return CellKind.Mail;
        }

        if (cell.Length > Longest || cell.ContainsAny(Strange) || (!char.IsAsciiDigit(cell[0]) && cell.ContainsAny(':', '/')))
        {
            return CellKind.Other;
        }

        if (cell.ContainsAnyInRange('0', '9') && Digits(cell) is var kind and not CellKind.Unknown)
        {
            return kind;
        }

        _scan.Load(cell);
        return _scan.WordCount is 0 or > MostWords || _scan.Words[0].Start > 1 ? CellKind.Other : Words();
    }

    /// <summary>True where the first cell of a column may be its name.</summary>
    public bool IsHead(ReadOnlySpan<char> cell) => Read(cell) is CellKind.Other or CellKind.Unknown or CellKind.Nothing or CellKind.Mail;

    // Unknown: it may still be a name such as "Antonia30".
    private static CellKind Digits(ReadOnlySpan<char> cell)
    {
        if (DateReader.TryRead(cell, 0, out var date) && date.Length == cell.Length)
        {
            return CellKind.Date;
        }

        var digits = Shapes.CountDigits(cell);
        if (digits == 9 && cell.Length == 11 && cell[3] == '-' && cell[6] == '-')
        {
            return CellKind.Ssn;
        }

        if (!cell.ContainsAnyExcept(OfPhones) && cell.ContainsAnyExceptInRange('0', '9') && digits is >= 10 and <= 13 && cell.Length - digits <= 6)
        {
            return CellKind.Phone;
        }

        if (digits >= LeastDigitsOfNumber && cell.Length <= LongestNumber && IsOneWord(cell))
        {
            return CellKind.Number;
        }

        return char.IsLetter(cell[0]) && digits <= 6 ? CellKind.Unknown : CellKind.Other;
    }

    private static bool IsOneWord(ReadOnlySpan<char> cell)
    {
        foreach (var c in cell)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c != '-')
            {
                return false;
            }
        }

        return char.IsAsciiLetterOrDigit(cell[0]);
    }

    private CellKind Words()
    {
        var counts = default(WordCounts);
        for (var i = 0; i < _scan.WordCount; i++)
        {
            var gap = _scan.GapAfter(i);
            var word = _scan.WordText(i);
            if (gap.Length > 2 || gap.ContainsAnyExcept(Joints))
            {
                return CellKind.Other;
            }

            if (word.Length == 1 || NameReader.IsTitle(word) || (i > 0 && NameReader.IsCredential(word)) || NameReader.IsParticle(_scan, i))
            {
                continue;
            }

            var digits = word.IndexOfAnyInRange('0', '9');
            if (digits == 0 || (digits > 0 && !NameReader.IsNumbered(word)) || !(_scan.Words[i].IsCapital || (i > 0 && _scan.GapAfter(i - 1) is "-")))
            {
                return CellKind.Other;
            }

            // "Dover, DE": whatever else its words may be.
            if (counts.Count > 0 && i == _scan.WordCount - 1 && AddressDetector.IsState(word))
            {
                return _scan.GapAfter(i - 1).Contains(',') ? CellKind.Town : counts.WithState;
            }

            counts.Add(word, model.Find(digits > 0 ? word[..digits] : word));
        }

        return counts.Kind;
    }
}

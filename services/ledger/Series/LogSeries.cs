using System.Globalization;

namespace Chaperone.Ledger;

/// <summary>
/// A ledger that is one log a year: the first log's origin is the ledger's name, each later one's is that name, a slash and the
/// year (<c>chaperone.local/ledger/2027</c>). All are signed with one key, whose verifier keys differ in their name only.
/// </summary>
public static class LogSeries
{
    private const int YearDigits = 4;

    /// <summary>Origin of the log that a ledger opened for a year, 1 to 9999.</summary>
    public static string OriginOf(string ledger, int year) => $"{ledger}/{FolderOf(year)}";

    /// <summary>Folder of that log, below the one of the first log: the year in four digits.</summary>
    public static string FolderOf(int year)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(year, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(year, 9999);
        return year.ToString("0000", CultureInfo.InvariantCulture);
    }

    /// <summary>True if <paramref name="origin"/> is one that the ledger named <paramref name="ledger"/> gives a later log; <paramref name="year"/> is its year.</summary>
    public static bool TryReadYear(string ledger, string origin, out int year)
    {
        year = 0;
        return origin.Length == ledger.Length + 1 + YearDigits && origin.StartsWith(ledger, StringComparison.Ordinal) && origin[ledger.Length] == '/'
            && int.TryParse(origin.AsSpan(ledger.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out year) && year > 0;
    }
}

using System.Globalization;

namespace Chaperone.Approval;

/// <summary>The number of a request as people see it: <c>APR-12</c>.</summary>
internal static class ApprovalNumber
{
    private const string Prefix = "APR-";

    public static string Format(long number) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{number}");

    /// <summary>Reads exactly what <see cref="Format"/> writes: no sign, space or leading zero, so that one request has one name.</summary>
    public static bool TryParse(string? text, out long number)
    {
        number = 0;
        return text is not null
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && long.TryParse(text.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out number)
            && number > 0
            && text[Prefix.Length] != '0';
    }
}

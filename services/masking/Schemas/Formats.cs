using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Chaperone.Masking.Schemas;

/// <summary>The <c>format</c> words that validating clients check.</summary>
internal static class Formats
{
    public static bool Accepts(string? format, string value) => format switch
    {
        "date" => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "date-time" => value.Length > 16 && value[10] is 'T' or 't' or ' ' && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        "time" => value.Length >= 8 && TimeOnly.TryParse(value.AsSpan(0, 8), CultureInfo.InvariantCulture, out _),
        "email" or "idn-email" => value.IndexOf('@') is > 0 and var at && at < value.Length - 1 && !value.Contains(' ', StringComparison.Ordinal),
        "ipv4" => IPAddress.TryParse(value, out var four) && four.AddressFamily == AddressFamily.InterNetwork && value.Count(c => c == '.') == 3,
        "ipv6" => IPAddress.TryParse(value, out var six) && six.AddressFamily == AddressFamily.InterNetworkV6,
        "uuid" => Guid.TryParseExact(value, "D", out _),
        "uri" or "iri" => Uri.TryCreate(value, UriKind.Absolute, out _),
        "uri-reference" or "iri-reference" => Uri.TryCreate(value, UriKind.RelativeOrAbsolute, out _),
        "hostname" => Uri.CheckHostName(value) == UriHostNameType.Dns,
        _ => true,
    };
}

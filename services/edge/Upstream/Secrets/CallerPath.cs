using System.Globalization;
using System.Text;
using Chaperone.Contracts;

namespace Chaperone.Edge.Upstream.Secrets;

/// <summary>
/// Puts a caller into a Vault path. What an identity provider says of a caller may be chosen by the caller: letters, digits,
/// <c>_</c>, <c>@</c> and <c>-</c> stay, a dot stays between letters or digits, and every other byte becomes <c>=XX</c>. So it is
/// always one segment, never <c>..</c>, and two callers never share one.
/// </summary>
internal static class CallerPath
{
    private const int MaxLength = 512;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Fills in the path; null when the caller's name is empty, too long or no text.</summary>
    public static string? Fill(string path, Principal principal)
    {
        if (principal.Subject.Length is 0 or > MaxLength || principal.Issuer.Length is 0 or > MaxLength)
        {
            return null;
        }

        try
        {
            return path
                .Replace("{issuer}", Escape(principal.Issuer), StringComparison.Ordinal)
                .Replace("{subject}", Escape(principal.Subject), StringComparison.Ordinal);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }

    /// <exception cref="EncoderFallbackException">It holds half a surrogate pair.</exception>
    public static string Escape(string text)
    {
        var bytes = Strict.GetBytes(text);
        var escaped = new StringBuilder(bytes.Length);
        for (var i = 0; i < bytes.Length; i++)
        {
            var c = (char)bytes[i];
            var stays = char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '@'
                || (c == '.' && i > 0 && i + 1 < bytes.Length && char.IsAsciiLetterOrDigit((char)bytes[i - 1]) && char.IsAsciiLetterOrDigit((char)bytes[i + 1]));
            _ = stays ? escaped.Append(c) : escaped.Append(CultureInfo.InvariantCulture, $"={bytes[i]:X2}");
        }

        return escaped.ToString();
    }
}

using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace Chaperone.Console.Web;

/// <summary>
/// What a person searched for, sealed into the page's address: words may be a patient's name, and addresses end in logs and
/// histories. The form is posted, the redirect carries this; it opens for the same person only, for twelve hours.
/// </summary>
internal sealed class SearchTicket(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);

    public string Seal(SearchTerms terms, string subject) =>
        Protector(subject).Protect(JsonSerializer.Serialize(terms), Life);

    /// <summary>Null if it is not this person's, too old, or not ours.</summary>
    public SearchTerms? Open(string? ticket, string subject)
    {
        if (string.IsNullOrEmpty(ticket))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<SearchTerms>(Protector(subject).Unprotect(ticket));
        }
        catch (Exception e) when (e is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    private ITimeLimitedDataProtector Protector(string subject) =>
        protection.CreateProtector("Chaperone.Console.Search", subject).ToTimeLimitedDataProtector();
}

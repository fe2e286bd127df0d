using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Chaperone.Console.Search;

/// <summary>
/// The words of a search, sealed into its address: they may be a patient's name, and addresses end in logs and histories. Unlike
/// a list of sessions, the link may be handed on: it opens for everybody who may search, for thirty days.
/// </summary>
internal sealed class WordsTicket(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Life = TimeSpan.FromDays(30);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Chaperone.Console.SearchWords").ToTimeLimitedDataProtector();

    public string? Seal(string? words) => words is null ? null : _protector.Protect(words, Life);

    /// <summary>False if the ticket is too old or not ours; true, and no words, without a ticket.</summary>
    public bool TryOpen(string? ticket, out string? words)
    {
        words = null;
        if (string.IsNullOrEmpty(ticket))
        {
            return true;
        }

        try
        {
            words = _protector.Unprotect(ticket);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}

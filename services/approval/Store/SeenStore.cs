using Chaperone.Contracts;

namespace Chaperone.Approval.Store;

/// <summary>Who has looked at which request.</summary>
internal static class SeenStore
{
    /// <summary>Notes it; false if it was noted before.</summary>
    public static async Task<bool> AddAsync(DbSession session, long number, Principal person) => await session.ExecuteAsync(
        "INSERT INTO approval_seen (number, issuer, subject) VALUES (@number, @Issuer, @Subject) ON CONFLICT DO NOTHING",
        new { number, person.Issuer, person.Subject }) == 1;
}

using Chaperone.Contracts;

namespace Chaperone.Approval;

/// <summary>An account of Microsoft Entra ID: tenant and object id, the claims <c>tid</c> and <c>oid</c> of a sign-in. Unlike <c>sub</c> they are the same in every application.</summary>
internal static class EntraAccount
{
    /// <summary>The account behind a sign-in; null if the identity provider names none.</summary>
    public static string? Of(Principal person) =>
        Claim(person, "tid") is { } tenant && Claim(person, "oid") is { } account ? Of(tenant, account) : null;

    public static string Of(string tenant, string account) => $"{tenant.ToLowerInvariant()}/{account.ToLowerInvariant()}";

    private static string? Claim(Principal person, string name) =>
        person.Claims.FirstOrDefault(c => c.Name == name) is { Values: [{ Length: > 0 } value] } ? value : null;
}

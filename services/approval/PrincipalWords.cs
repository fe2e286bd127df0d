using Chaperone.Contracts;

namespace Chaperone.Approval;

/// <summary>How a person is called and told apart.</summary>
internal static class PrincipalWords
{
    /// <summary>A name to show.</summary>
    public static string Shown(this Principal person) =>
        !string.IsNullOrWhiteSpace(person.Name) ? person.Name
        : !string.IsNullOrWhiteSpace(person.Email) ? person.Email
        : person.Subject;

    /// <summary>Whether the identity provider named anybody at all.</summary>
    public static bool IsNamed(this Principal person) =>
        !string.IsNullOrWhiteSpace(person.Issuer) && !string.IsNullOrWhiteSpace(person.Subject);

    /// <summary>Whether both show the same verified address: one person with two accounts (or two issuers) is still one person.</summary>
    public static bool SharesEmail(this Principal person, Principal other) =>
        !string.IsNullOrWhiteSpace(person.Email)
        && string.Equals(person.Email.Trim(), other.Email?.Trim(), StringComparison.OrdinalIgnoreCase);
}

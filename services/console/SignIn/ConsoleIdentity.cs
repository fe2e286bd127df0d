using System.Security.Claims;
using Chaperone.Contracts;

namespace Chaperone.Console.SignIn;

/// <summary>Between the id token's claims, the cookie's claims and the <see cref="Principal"/> the rooms know. The cookie holds only what is needed.</summary>
internal static class ConsoleIdentity
{
    private const string Issuer = "iss";
    private const string Subject = "sub";
    private const string Name = "name";
    private const string Email = "email";
    private const string Group = "group";
    private static readonly string[] Accounts = ["oid", "tid"];

    /// <summary>The cookie's identity; null if the token lacks issuer or subject.</summary>
    public static ClaimsPrincipal? FromIdToken(ClaimsPrincipal token, string groupsClaim)
    {
        if (token.FindFirstValue(Issuer) is not { Length: > 0 } issuer || token.FindFirstValue(Subject) is not { Length: > 0 } subject)
        {
            return null;
        }

        var claims = new List<Claim> { new(Issuer, issuer), new(Subject, subject) };
        var name = token.FindFirstValue(Name) ?? token.FindFirstValue("preferred_username") ?? subject;
        claims.Add(new Claim(Name, name));
        if (token.FindFirstValue(Email) is { Length: > 0 } email
            && string.Equals(token.FindFirstValue("email_verified"), "true", StringComparison.OrdinalIgnoreCase))
        {
            claims.Add(new Claim(Email, email));
        }

        // Microsoft's account, by which Teams names people; other identity providers do not give it.
        claims.AddRange(Accounts.Select(token.FindFirst).OfType<Claim>().Where(c => c.Value.Length > 0).Select(c => new Claim(c.Type, c.Value)));
        claims.AddRange(token.FindAll(groupsClaim).Select(c => new Claim(Group, c.Value)));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, ConsoleSchemes.Cookie, Name, roleType: null));
    }

    /// <summary>The person behind a cookie.</summary>
    /// <exception cref="InvalidOperationException">Nobody is signed in; pages are reached only after authorization.</exception>
    public static Principal ToPrincipal(ClaimsPrincipal user, string clientId) => new()
    {
        Issuer = user.FindFirstValue(Issuer) ?? throw new InvalidOperationException("Nobody is signed in."),
        Subject = user.FindFirstValue(Subject) ?? throw new InvalidOperationException("Nobody is signed in."),
        Name = user.FindFirstValue(Name),
        Email = user.FindFirstValue(Email),
        Groups = GroupsOf(user),
        ClientId = clientId,
        Claims = [.. Accounts.Select(user.FindFirst).OfType<Claim>().Select(c => new PrincipalClaim { Name = c.Type, Values = [c.Value] })],
    };

    public static string[] GroupsOf(ClaimsPrincipal user) => [.. user.FindAll(Group).Select(c => c.Value)];
}

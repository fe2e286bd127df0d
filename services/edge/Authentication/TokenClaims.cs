using System.Text.Json;
using Chaperone.Contracts;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Chaperone.Edge.Authentication;

/// <summary>Reads the claims of a verified token.</summary>
internal static class TokenClaims
{
    private const int MaxGroups = 1_000;
    private const int MaxValues = 16;
    private const int MaxAudiences = 64;
    private const int MaxScopes = 256;
    private const int LongestValue = 256;

    // What only an ID token (OpenID Connect Core, 3.1.3.6) or a security event (RFC 8417) says is in no access token, and who
    // shows a token that is bound to a key (RFC 7800) without showing the key may have stolen it.
    private static readonly string[] Foreign = ["at_hash", "c_hash", "events", "cnf"];

    public static TokenVerdict Read(JsonWebToken token, IssuerOptions issuer)
    {
        using var payload = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload));
        return Read(payload.RootElement, issuer, Text(payload.RootElement, "sub"));
    }

    /// <summary>Reads what introspection says of an opaque token; a client without a person need not have a subject there (RFC 7662, 2.2).</summary>
    public static TokenVerdict ReadIntrospected(JsonElement root, IssuerOptions issuer) => Read(root, issuer, Text(root, "sub") ?? Text(root, "client_id"));

    // Time, issuer and audience are the caller's to check.
    private static TokenVerdict Read(JsonElement root, IssuerOptions issuer, string? subject)
    {
        if (string.IsNullOrEmpty(subject))
        {
            return TokenVerdict.Invalid("The token has no usable sub claim.");
        }

        if (Array.Exists(Foreign, c => root.TryGetProperty(c, out _)))
        {
            return TokenVerdict.Invalid("The token is no bearer access token.");
        }

        var scopes = Scopes(root);
        var principal = new Principal
        {
            Issuer = issuer.Name,
            Subject = subject,
            Name = Text(root, "name") ?? Text(root, "preferred_username") ?? Text(root, "username"),
            Email = root.TryGetProperty("email_verified", out var verified) && verified.ValueKind == JsonValueKind.True ? Text(root, "email") : null,
            Groups = Texts(Find(root, issuer.GroupsClaim), MaxGroups),
            ClientId = Text(root, "client_id") ?? Text(root, "azp") ?? string.Empty,
            AuthenticationMethods = Texts(Find(root, "amr"), MaxValues),
            AuthenticationClass = Text(root, "acr"),
            AuthenticatedAt = Time(root, "auth_time"),
            Scopes = [.. scopes.Take(MaxScopes)],
            IsService = IsService(root, subject),
            Claims = Claims(root, issuer.Claims),
        };
        return TokenVerdict.Accepted(principal, scopes) with { Audiences = Texts(Find(root, "aud"), MaxAudiences), SessionId = Text(root, "sid"), IssuedAt = Time(root, "iat") };
    }

    /// <summary>Reads a verified logout token (OpenID Connect Back-Channel Logout 1.0, 2.6); null, and why, where it is none.</summary>
    public static (LogoutToken? Token, string? Problem) ReadLogout(JsonWebToken token, IssuerOptions issuer, DateTimeOffset now)
    {
        using var payload = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload));
        var root = payload.RootElement;
        var (session, subject, issued) = (Text(root, "sid"), Text(root, "sub"), Time(root, "iat"));
        if (!Texts(Find(root, "aud"), MaxAudiences).Any(a => issuer.SignOutAudiences.Contains(a)))
        {
            return (null, "The logout token is for a client that Edge:Issuers has no SignOutAudiences for.");
        }

        return root.TryGetProperty("events", out var events) && events.ValueKind == JsonValueKind.Object
            && events.TryGetProperty("http://schemas.openid.net/event/backchannel-logout", out var logout) && logout.ValueKind == JsonValueKind.Object
            && !root.TryGetProperty("nonce", out _) && !string.IsNullOrEmpty(Text(root, "jti"))
            && (session ?? subject) is { Length: > 0 } && issued is { } at && at <= now + TrustedIssuer.ClockSkew
            ? (new LogoutToken(issuer.Name, session, subject, at), null)
            : (null, "The token is no logout token: it needs iat, jti, events, sub or sid, and no nonce.");
    }

    /// <summary>Seconds since 1970; null where it is absent.</summary>
    public static DateTimeOffset? Time(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is >= 0 and < 253_402_300_800
            ? DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(seconds)
            : null;

    // A claim whose own name holds dots (a URL) wins over descending.
    private static JsonElement Find(JsonElement root, string path)
    {
        if (root.TryGetProperty(path, out var value))
        {
            return value;
        }

        value = root;
        foreach (var step in path.Split('.'))
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(step, out value))
            {
                return default;
            }
        }

        return value;
    }

    private static string[] Texts(JsonElement value, int most) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => [.. value.EnumerateArray().Where(g => g.ValueKind == JsonValueKind.String).Take(most).Select(g => g.GetString()!)],
        _ => [],
    };

    private static PrincipalClaim[] Claims(JsonElement root, IEnumerable<string> names)
    {
        var claims = names
            .Select(name => (name, value: Find(root, name)))
            .Select(c => new PrincipalClaim { Name = c.name, Values = c.value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False ? [c.value.GetRawText()] : Texts(c.value, MaxValues) });
        return [.. claims.Where(c => c.Values.Length > 0 && Array.TrueForAll(c.Values, v => v.Length <= LongestValue))];
    }

    // RFC 9068: without a person the subject is the client. Entra ID, Auth0 and Keycloak say it in a claim of their own.
    private static bool IsService(JsonElement root, string subject) =>
        subject == (Text(root, "client_id") ?? Text(root, "azp"))
        || Text(root, "idtyp") == "app"
        || Text(root, "gty") == "client-credentials"
        || Text(root, "preferred_username")?.StartsWith("service-account-", StringComparison.Ordinal) == true;

    private static HashSet<string> Scopes(JsonElement root)
    {
        var text = Text(root, "scope") ?? Text(root, "scp");
        if (text is not null)
        {
            return [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        }

        return root.TryGetProperty("scp", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(s => s.ValueKind == JsonValueKind.String).Select(s => s.GetString()!)]
            : [];
    }

    /// <summary>A text; null where it is absent or another value.</summary>
    public static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

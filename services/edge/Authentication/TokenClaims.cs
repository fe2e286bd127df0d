using System.Diagnostics.CodeAnalysis;
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
    private const int LongestValue = 256;

    public static bool TryRead(JsonWebToken token, IssuerOptions issuer, [NotNullWhen(true)] out Principal? principal, out IReadOnlySet<string> scopes)
    {
        using var payload = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload));
        var root = payload.RootElement;
        scopes = Scopes(root);

        // What only an ID token (OpenID Connect Core, 3.1.3.6) or a security event (RFC 8417) says is in no access token.
        if (root.TryGetProperty("at_hash", out _) || root.TryGetProperty("c_hash", out _) || root.TryGetProperty("events", out _))
        {
            principal = null;
            return false;
        }

        var subject = Text(root, "sub");
        if (string.IsNullOrEmpty(subject))
        {
            principal = null;
            return false;
        }

        principal = new Principal
        {
            Issuer = token.Issuer,
            Subject = subject,
            Name = Text(root, "name") ?? Text(root, "preferred_username"),
            Email = root.TryGetProperty("email_verified", out var verified) && verified.ValueKind == JsonValueKind.True ? Text(root, "email") : null,
            Groups = Texts(Find(root, issuer.GroupsClaim), MaxGroups),
            ClientId = Text(root, "client_id") ?? Text(root, "azp") ?? string.Empty,
            AuthenticationMethods = Texts(Find(root, "amr"), MaxValues),
            AuthenticationClass = Text(root, "acr"),
            IsService = IsService(root, subject),
            Claims = Claims(root, issuer.Claims),
        };
        return true;
    }

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

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

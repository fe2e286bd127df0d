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

    public static bool TryRead(JsonWebToken token, string groupsClaim, [NotNullWhen(true)] out Principal? principal, out IReadOnlySet<string> scopes)
    {
        using var payload = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(token.EncodedPayload));
        var root = payload.RootElement;
        scopes = Scopes(root);
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
            Groups = Groups(root, groupsClaim),
            ClientId = Text(root, "client_id") ?? Text(root, "azp") ?? string.Empty,
        };
        return true;
    }

    private static string[] Groups(JsonElement root, string path)
    {
        // A claim whose own name holds dots (a URL) wins over descending.
        if (!root.TryGetProperty(path, out var value))
        {
            value = root;
            foreach (var step in path.Split('.'))
            {
                if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(step, out value))
                {
                    return [];
                }
            }
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array => [.. value.EnumerateArray().Where(g => g.ValueKind == JsonValueKind.String).Take(MaxGroups).Select(g => g.GetString()!)],
            _ => [],
        };
    }

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

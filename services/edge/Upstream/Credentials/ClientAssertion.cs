using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Chaperone.Edge.Upstream.Credentials;

/// <summary>The signed word by which a client proves itself without a shared secret (<c>private_key_jwt</c>, RFC 7523).</summary>
internal static class ClientAssertion
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(1);

    /// <exception cref="CredentialException">The key cannot be used.</exception>
    public static string Make(string field, TokenTerms terms, string pem, DateTimeOffset now)
    {
        try
        {
            using AsymmetricAlgorithm key = IsRsa(pem) ? RSA.Create() : ECDsa.Create();
            Import(key, pem);
            SecurityKey security = key is RSA rsa ? new RsaSecurityKey(rsa) : new ECDsaSecurityKey((ECDsa)key);
            security.KeyId = terms.KeyId;

            // The library would otherwise keep the key after it is disposed of here.
            security.CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false };
            return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
            {
                Issuer = terms.ClientId,
                Audience = terms.AssertionAudience ?? terms.Endpoint.ToString(),
                Claims = new Dictionary<string, object>(StringComparer.Ordinal)
                {
                    ["sub"] = terms.ClientId,
                    ["jti"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
                },
                IssuedAt = now.UtcDateTime,
                Expires = (now + Life).UtcDateTime,
                SigningCredentials = new SigningCredentials(security, key is RSA ? SecurityAlgorithms.RsaSha256 : SecurityAlgorithms.EcdsaSha256),
            });
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or NotSupportedException)
        {
            throw new CredentialException($"{field}.private_key: is no PEM of an RSA key (2048 bits or more) or a P-256 key; give one without password");
        }
    }

    private static bool IsRsa(string pem)
    {
        using var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
            return true;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return false;
        }
    }

    private static void Import(AsymmetricAlgorithm key, string pem)
    {
        if (key is RSA rsa)
        {
            rsa.ImportFromPem(pem);
        }
        else
        {
            ((ECDsa)key).ImportFromPem(pem);
        }
    }
}

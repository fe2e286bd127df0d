using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Chaperone.Demo.Issuer;

/// <summary>Writes and reads the issuer's tokens.</summary>
internal sealed class TokenWriter(SigningKey key, IOptions<IssuerOptions> options, TimeProvider time)
{
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>How long tokens live.</summary>
    public TimeSpan Lifetime => options.Value.TokenLifetime;

    /// <summary>An access token for the gateway (RFC 9068).</summary>
    public string Access(string issuer, DemoPerson person, string clientId, string scope)
    {
        var claims = About(person);
        claims["client_id"] = clientId;
        claims["scope"] = scope;
        claims["jti"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        return Write(issuer, options.Value.Audience, "at+jwt", claims);
    }

    /// <summary>An id token for the client (OpenID Connect Core 2).</summary>
    public string Identity(string issuer, DemoPerson person, string clientId, string? nonce)
    {
        var claims = About(person);
        claims["auth_time"] = time.GetUtcNow().ToUnixTimeSeconds();
        if (nonce is not null)
        {
            claims["nonce"] = nonce;
        }

        return Write(issuer, clientId, "JWT", claims);
    }

    /// <summary>Who the bearer of an access token is; null if the token is not a good one of ours.</summary>
    public async Task<DemoPerson?> ReadAsync(string issuer, string token)
    {
        var result = await _handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = issuer,
            ValidAudience = options.Value.Audience,
            ValidTypes = ["at+jwt"],
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            IssuerSigningKey = key.Security,
        });
        return result.IsValid ? DemoPerson.All.FirstOrDefault(person => person.Subject.Equals(result.Claims["sub"])) : null;
    }

    /// <summary>The claims that say who somebody is.</summary>
    public static Dictionary<string, object> About(DemoPerson person) => new()
    {
        ["sub"] = person.Subject,
        ["name"] = person.Name,
        ["preferred_username"] = person.Key,
        ["email"] = person.Email,
        ["email_verified"] = true,
        ["groups"] = person.Groups,
    };

    private string Write(string issuer, string audience, string type, Dictionary<string, object> claims)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            TokenType = type,
            Claims = claims,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + Lifetime,
            SigningCredentials = new SigningCredentials(key.Security, SecurityAlgorithms.EcdsaSha256),
        });
    }
}

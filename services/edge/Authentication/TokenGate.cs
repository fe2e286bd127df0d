using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using Chaperone.Edge.Upstream.Credentials;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Chaperone.Edge.Authentication;

/// <summary>
/// Tells from the Authorization header who calls: signature, issuer, audience, lifetime, algorithm (RFC 9068, RFC 8725).
/// A token seen a moment ago is not verified again; the wait is never longer than <see cref="CacheFor"/>, the issuer's
/// <see cref="IntrospectionOptions.CacheFor"/> or its expiry.
/// </summary>
internal sealed partial class TokenGate(IOptions<EdgeOptions> options, TimeProvider time, ILogger<TokenGate> logger)
{
    private const int MaxTokenLength = 16 * 1024;
    private const int MaxCached = 10_000;
    private static readonly TimeSpan CacheFor = TimeSpan.FromSeconds(60);

    private readonly JsonWebTokenHandler _handler = new() { MaximumTokenSizeInBytes = MaxTokenLength };
    private readonly Dictionary<string, TrustedIssuer> _issuers = options.Value.Issuers
        .Select(i => new TrustedIssuer(i))
        .ToDictionary(i => i.Issuer, StringComparer.Ordinal);

    private TrustedIssuer? OpaqueIssuer => _issuers.Values.FirstOrDefault(i => i.Options.Introspection?.OpaqueTokens == true);
    private readonly ConcurrentDictionary<string, (TokenVerdict Verdict, DateTimeOffset Until)> _seen = new(StringComparer.Ordinal);

    /// <summary>True if the token was accepted before, however long ago: whoever shows it is no stranger.</summary>
    public bool Knows(string? authorization) => TokenOf(authorization) is { Length: > 0 and <= MaxTokenLength } token && _seen.ContainsKey(KeyOf(token));

    /// <summary>Who calls <paramref name="server"/>, which trusts <paramref name="trusted"/> (empty: all issuers).</summary>
    public async ValueTask<TokenVerdict> CheckAsync(string? authorization, string server, string[] trusted)
    {
        var verdict = await CheckAsync(authorization);
        if (verdict.Principal is not { Issuer: var issuer })
        {
            return verdict;
        }

        if (trusted.Length > 0 && !trusted.Contains(issuer, StringComparer.Ordinal))
        {
            return TokenVerdict.Invalid("The token's issuer is not trusted here.");
        }

        return verdict.Audiences.Contains(_issuers[issuer].Options.Audience, StringComparer.Ordinal) || verdict.Audiences.Contains(ResourceMetadata.ResourceOf(options.Value, server), StringComparer.Ordinal)
            ? verdict
            : TokenVerdict.Invalid("The token is for another audience.");
    }

    /// <summary>Fetches the keys of all issuers, so that no first caller waits for them; one that cannot be reached is asked again when its people call.</summary>
    public Task FetchKeysAsync() => Task.WhenAll(_issuers.Values.Select(i => i.IsReachableAsync()));

    /// <summary>Verifies a token of its own making, so that the first caller does not wait until the code for it is compiled.</summary>
    public async Task RehearseAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var signing = new ECDsaSecurityKey(key) { CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false } };
        var token = _handler.CreateToken(new SecurityTokenDescriptor { Issuer = "rehearsal", SigningCredentials = new SigningCredentials(signing, SecurityAlgorithms.EcdsaSha256) });
        await _handler.ValidateTokenAsync(token, new TokenValidationParameters { ValidIssuer = "rehearsal", IssuerSigningKey = signing, ValidateAudience = false });
    }

    /// <summary>A logout token of a trusted issuer whose sign-outs count; null, and why, for anything else.</summary>
    public async ValueTask<(LogoutToken? Token, string? Problem)> CheckLogoutAsync(string token)
    {
        JsonWebToken read;
        try
        {
            read = _handler.ReadJsonWebToken(token);
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            return (null, "The logout token is not a JSON Web Token.");
        }

        if (_issuers.GetValueOrDefault(read.Issuer ?? string.Empty) is not { Options.SignOutAudiences.Count: > 0 } issuer)
        {
            return (null, "The logout token's issuer is not trusted here, or has no SignOutAudiences.");
        }

        var result = await _handler.ValidateTokenAsync(token, issuer.LogoutParameters(read));
        return result.IsValid ? TokenClaims.ReadLogout(read, issuer.Options, time.GetUtcNow()) : (null, Words(result.Exception));
    }

    private async ValueTask<TokenVerdict> CheckAsync(string? authorization)
    {
        if (TokenOf(authorization) is not { } token)
        {
            return TokenVerdict.Missing;
        }

        if (token.Length is 0 or > MaxTokenLength)
        {
            return TokenVerdict.Invalid("The bearer token is empty or too long.");
        }

        var key = KeyOf(token);
        var now = time.GetUtcNow();
        if (_seen.TryGetValue(key, out var known) && known.Until > now)
        {
            return known.Verdict;
        }

        var (verdict, until) = await VerifyAsync(token);
        if (verdict.Principal is not null)
        {
            if (_seen.Count >= MaxCached)
            {
                _seen.Clear();
            }

            _seen[key] = (verdict, until);
        }

        return verdict;
    }

    private static string? TokenOf(string? authorization) =>
        authorization is not null && authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization["Bearer ".Length..].Trim() : null;

    private static string KeyOf(ReadOnlySpan<char> token)
    {
        // UTF-16 as it lies in memory: what is hashed never leaves this process.
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(token), hash);
        return Convert.ToBase64String(hash);
    }

    private async ValueTask<(TokenVerdict Verdict, DateTimeOffset Until)> VerifyAsync(string token)
    {
        JsonWebToken read;
        try
        {
            read = _handler.ReadJsonWebToken(token);
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            return OpaqueIssuer is null
                ? (TokenVerdict.Invalid("The bearer token is not a JSON Web Token."), default)
                : await IntrospectAsync(OpaqueIssuer, token, null);
        }

        if (_issuers.GetValueOrDefault(read.Issuer ?? string.Empty) is not { } issuer)
        {
            return (TokenVerdict.Invalid("The token's issuer is not trusted here."), default);
        }

        var result = await _handler.ValidateTokenAsync(token, issuer.Parameters(read));
        if (IsWithoutKey(result))
        {
            if (!await issuer.IsReachableAsync())
            {
                Log.IssuerUnreachable(logger, issuer.Issuer);
                return (TokenVerdict.Unavailable, default);
            }

            // The keys may have come just now: one late answer of the issuer must not turn anybody away.
            result = await _handler.ValidateTokenAsync(token, issuer.Parameters(read));
        }

        if (result.IsValid)
        {
            var jwt = (JsonWebToken)result.SecurityToken;
            if (issuer.Options.SignOutAudiences.Count > 0 && jwt.ValidTo > (time.GetUtcNow() + EndedSignIns.LongestToken).UtcDateTime)
            {
                return (TokenVerdict.Invalid("The token lives longer than a day, so a sign-out could be forgotten before it."), default);
            }

            var verdict = TokenClaims.Read(jwt, issuer.Options);
            var until = Earlier(new DateTimeOffset(jwt.ValidTo, TimeSpan.Zero), time.GetUtcNow() + CacheFor);
            return verdict.Principal is null || issuer.Options.Introspection is not { SignedTokens: true } ? (verdict, until) : await IntrospectAsync(issuer, token, (verdict, until));
        }

        Log.TokenRefused(logger, issuer.Issuer, result.Exception?.GetType().Name ?? "unknown");
        return (TokenVerdict.Invalid(Words(result.Exception)), default);
    }

    // The library goes on without keys where it cannot fetch them.
    private static bool IsWithoutKey(TokenValidationResult result) =>
        !result.IsValid && result.Exception is InvalidOperationException or SecurityTokenSignatureKeyNotFoundException;

    /// <summary>Asks the issuer whether the token is active; what was <paramref name="verified"/> before counts, else what the issuer says of it.</summary>
    private async ValueTask<(TokenVerdict Verdict, DateTimeOffset Until)> IntrospectAsync(TrustedIssuer issuer, string token, (TokenVerdict Verdict, DateTimeOffset Until)? verified)
    {
        var now = time.GetUtcNow();
        try
        {
            using var answer = await issuer.Introspection!.AskAsync(token, await issuer.IntrospectionEndpointAsync());
            var root = answer.RootElement;
            if (!root.GetProperty("active").GetBoolean() || TokenClaims.Time(root, "exp") + TrustedIssuer.ClockSkew <= now)
            {
                return (TokenVerdict.Invalid("The token is not active any more: it was revoked or has expired."), default);
            }

            var until = Earlier(verified?.Until ?? TokenClaims.Time(root, "exp") ?? DateTimeOffset.MaxValue, now + issuer.Options.Introspection!.CacheFor);
            return ((TokenClaims.Text(root, "iss") ?? issuer.Issuer) != issuer.Issuer || TokenClaims.Time(root, "nbf") - TrustedIssuer.ClockSkew > now || IsOfAnotherType(root)
                ? TokenVerdict.Invalid("The token is no access token of this issuer that is valid now.")
                : verified?.Verdict ?? TokenClaims.ReadIntrospected(root, issuer.Options), until);
        }
        catch (CredentialException e)
        {
            Log.NotIntrospected(logger, issuer.Issuer, e.Message);
            return (TokenVerdict.Unavailable, default);
        }
    }

    // Endpoints tell of refresh tokens, too (RFC 7662, 2.1); Keycloak says so in typ.
    private static bool IsOfAnotherType(JsonElement root) =>
        (TokenClaims.Text(root, "token_type") is { } type && !type.Equals("Bearer", StringComparison.OrdinalIgnoreCase))
        || TokenClaims.Text(root, "typ") is "Refresh" or "Offline" or "ID";

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static string Words(Exception? problem) => problem switch
    {
        SecurityTokenExpiredException => "The token has expired.",
        SecurityTokenNotYetValidException => "The token is not valid yet.",
        SecurityTokenInvalidTypeException => "The token is no access token.",
        SecurityTokenInvalidIssuerException => "The token's issuer is not trusted here.",
        SecurityTokenNoExpirationException => "The token never expires; that is not accepted.",
        _ => "The token's signature could not be verified.",
    };

    private static partial class Log
    {
        [LoggerMessage(1001, LogLevel.Warning, "A token of {Issuer} was refused: {Problem}")]
        public static partial void TokenRefused(ILogger logger, string issuer, string problem);

        [LoggerMessage(1002, LogLevel.Error, "The keys of {Issuer} cannot be fetched: nobody of it gets in")]
        public static partial void IssuerUnreachable(ILogger logger, string issuer);

        [LoggerMessage(1003, LogLevel.Error, "{Issuer} does not say whether tokens are active, so nobody of it gets in: {Problem}")]
        public static partial void NotIntrospected(ILogger logger, string issuer, string problem);
    }
}

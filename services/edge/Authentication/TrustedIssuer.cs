using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Chaperone.Edge.Authentication;

/// <summary>One identity provider with its keys, fetched from its discovery document and kept fresh by the library.</summary>
internal sealed class TrustedIssuer
{
    // RFC 9068 says at+jwt; many issuers say JWT or nothing. What says otherwise (a logout token, a security event) is no access token.
    private static readonly string[] Types = ["at+jwt", "application/at+jwt", "JWT"];
    private static readonly string[] LogoutTypes = ["logout+jwt", "application/logout+jwt", "JWT"];
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);
    private readonly ConfigurationManager<OpenIdConnectConfiguration> _configuration;
    private readonly IssuerOptions _options;

    public TrustedIssuer(IssuerOptions options)
    {
        _options = options;
        var authority = options.Authority!.ToString().TrimEnd('/');
        Issuer = options.Name;
        Introspection = options.Introspection is null ? null : new Introspection(options);
        _configuration = new ConfigurationManager<OpenIdConnectConfiguration>(
            $"{authority}/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(new HttpClient { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = 1 << 20 })
            {
                RequireHttps = !options.Authority!.IsLoopback,
            })
        {
            // An unknown key id asks for the keys anew, at most so often: forged ones must not make the issuer busy.
            RefreshInterval = TimeSpan.FromSeconds(10),

            // A key that the issuer has withdrawn is trusted no longer than this.
            AutomaticRefreshInterval = TimeSpan.FromMinutes(15),
            UseLastKnownGoodConfiguration = false,
        };
    }

    public string Issuer { get; }

    /// <summary>How it is asked whether a token is active; null where it is not asked.</summary>
    public Introspection? Introspection { get; }

    public IssuerOptions Options => _options;

    /// <summary>What a logout token must be, but for its claims.</summary>
    public TokenValidationParameters LogoutParameters(JsonWebToken token)
    {
        var parameters = Parameters(token);
        parameters.RequireExpirationTime = false;
        parameters.TypeValidator = (type, _, _) => string.IsNullOrEmpty(type) || LogoutTypes.Contains(type, StringComparer.OrdinalIgnoreCase)
            ? type
            : throw new SecurityTokenInvalidTypeException("The token is of another type.");
        return parameters;
    }

    /// <summary>What a token must be, but for its audience: that depends on the server.</summary>
    public TokenValidationParameters Parameters(JsonWebToken token) => new()
    {
        ConfigurationManager = _configuration,
        ValidIssuer = Issuer,
        ValidAlgorithms = EdgeOptionsCheck.AlgorithmsOf(_options),
        ClockSkew = ClockSkew,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        ValidateIssuer = true,
        ValidateAudience = false,
        TypeValidator = (type, _, _) => string.IsNullOrEmpty(type) || Types.Contains(type, StringComparer.OrdinalIgnoreCase)
            ? type
            : throw new SecurityTokenInvalidTypeException("The token is of another type."),

        // A token that names a key is verified with that key or not at all.
        TryAllIssuerSigningKeys = string.IsNullOrEmpty(token.Kid),
        ValidateLifetime = true,
        ValidateIssuerSigningKey = true,
    };

    /// <summary>The introspection endpoint that the discovery document names; null when it names none or cannot be fetched.</summary>
    public async Task<string?> IntrospectionEndpointAsync()
    {
        try
        {
            return (await _configuration.GetConfigurationAsync(CancellationToken.None)).IntrospectionEndpoint;
        }

        // As below.
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public async Task<bool> IsReachableAsync()
    {
        try
        {
            return (await _configuration.GetConfigurationAsync(CancellationToken.None)).SigningKeys.Count > 0;
        }

        // The library wraps every transport and parse failure in InvalidOperationException.
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}

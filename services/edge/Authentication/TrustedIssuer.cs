using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Chaperone.Edge.Authentication;

/// <summary>One identity provider with its keys, fetched from its discovery document and kept fresh by the library.</summary>
internal sealed class TrustedIssuer
{
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);
    private readonly ConfigurationManager<OpenIdConnectConfiguration> _configuration;
    private readonly IssuerOptions _options;

    public TrustedIssuer(IssuerOptions options)
    {
        _options = options;
        var authority = options.Authority!.ToString().TrimEnd('/');
        Issuer = options.Issuer ?? authority;
        _configuration = new ConfigurationManager<OpenIdConnectConfiguration>(
            $"{authority}/.well-known/openid-configuration",
            new OpenIdConnectConfigurationRetriever(),
            new HttpDocumentRetriever(new HttpClient { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = 1 << 20 })
            {
                RequireHttps = !options.Authority!.IsLoopback,
            });
    }

    public string Issuer { get; }

    public IssuerOptions Options => _options;

    public TokenValidationParameters Parameters() => new()
    {
        ConfigurationManager = _configuration,
        ValidIssuer = Issuer,
        ValidAudience = _options.Audience,
        ValidAlgorithms = EdgeOptionsCheck.AlgorithmsOf(_options),
        ClockSkew = ClockSkew,
        RequireExpirationTime = true,
        RequireSignedTokens = true,
        ValidateIssuer = true,
        ValidateAudience = true,
        ValidateLifetime = true,
        ValidateIssuerSigningKey = true,
    };

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

using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Chaperone.Console.SignIn;

/// <summary>OpenID Connect: code flow with PKCE, answers by query (so that the state cookies may be SameSite=Lax), asymmetric algorithms only.</summary>
internal sealed class OidcSetup(IOptions<ConsoleOptions> options) : IConfigureNamedOptions<OpenIdConnectOptions>
{
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
    ];

    public void Configure(OpenIdConnectOptions oidc) => Configure(Options.DefaultName, oidc);

    public void Configure(string? name, OpenIdConnectOptions oidc)
    {
        if (name != ConsoleSchemes.Oidc)
        {
            return;
        }

        var settings = options.Value;
        oidc.Authority = settings.Authority;
        oidc.ClientId = settings.ClientId;
        oidc.ClientSecret = settings.ClientSecretFile is { } file ? File.ReadAllText(file).Trim() : null;
        oidc.RequireHttpsMetadata = settings.RequireHttpsMetadata;
        oidc.SignInScheme = ConsoleSchemes.Cookie;
        oidc.SignOutScheme = ConsoleSchemes.Cookie;
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        oidc.ResponseMode = OpenIdConnectResponseMode.Query;
        oidc.UsePkce = true;
        oidc.SaveTokens = false;
        oidc.MapInboundClaims = false;
        oidc.DisableTelemetry = true;
        oidc.GetClaimsFromUserInfoEndpoint = false;
        oidc.ClaimActions.Clear();
        oidc.Scope.Clear();
        foreach (var scope in settings.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            oidc.Scope.Add(scope);
        }

        oidc.CallbackPath = ConsolePaths.SignInCallback;
        oidc.SignedOutCallbackPath = ConsolePaths.SignOutCallback;
        oidc.SignedOutRedirectUri = $"{ConsolePaths.SignIn}?out=1";

        // Front-channel sign-out would let any page sign people out.
        oidc.RemoteSignOutPath = default;
        oidc.BackchannelTimeout = TimeSpan.FromSeconds(10);
        oidc.TokenHandler = new SignedTokenHandler { MapInboundClaims = false };
        oidc.TokenValidationParameters.ValidAlgorithms = Algorithms;
        oidc.TokenValidationParameters.ClockSkew = TimeSpan.FromMinutes(1);
        ShapeCookies(oidc, CookieSetup.SecurePolicy(settings));
        oidc.EventsType = typeof(SignInEvents);
    }

    private static void ShapeCookies(OpenIdConnectOptions oidc, CookieSecurePolicy secure)
    {
        oidc.CorrelationCookie.Name = "chaperone-console-state.";
        oidc.NonceCookie.Name = "chaperone-console-nonce.";
        foreach (var cookie in new[] { oidc.CorrelationCookie, oidc.NonceCookie })
        {
            cookie.HttpOnly = true;
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = secure;
        }
    }
}

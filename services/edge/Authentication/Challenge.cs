using Chaperone.Contracts;
using Microsoft.Extensions.Options;

namespace Chaperone.Edge.Authentication;

/// <summary>Says in WWW-Authenticate what token would do (RFC 6750, RFC 9728, RFC 9470). Its words are the gateway's own, or checked when the policy was read.</summary>
internal sealed class Challenge(IOptions<EdgeOptions> options)
{
    /// <summary>Without a usable token; <paramref name="error"/> is null where there was none.</summary>
    public void Show(HttpContext http, string server, string? error, string? description) => Show(http, server, options.Value.RequiredScopes, error, description, string.Empty);

    /// <summary>With a good token of too little power; the status that goes with it. All scopes are named at once.</summary>
    public int Show(HttpContext http, string server, ProofNeeded needed)
    {
        var scopes = options.Value.RequiredScopes.Concat(needed.Scopes).Distinct(StringComparer.Ordinal);
        if (!needed.SignIn)
        {
            Show(http, server, scopes, "insufficient_scope", "The token lacks a scope.", string.Empty);
            return StatusCodes.Status403Forbidden;
        }

        var more = (needed.AuthenticationClasses.Length > 0 ? $", acr_values=\"{string.Join(' ', needed.AuthenticationClasses)}\"" : string.Empty)
            + (needed.MaxAgeSeconds is { } age ? $", max_age=\"{age}\"" : string.Empty);
        Show(http, server, scopes, "insufficient_user_authentication", "A stronger or more recent sign-in is needed.", more);
        return StatusCodes.Status401Unauthorized;
    }

    private void Show(HttpContext http, string server, IEnumerable<string> scopes, string? error, string? description, string more)
    {
        var named = string.Join(' ', scopes);
        http.Response.Headers.WWWAuthenticate = $"Bearer resource_metadata=\"{ResourceMetadata.UrlOf(options.Value, server)}\""
            + (named.Length > 0 ? $", scope=\"{named}\"" : string.Empty)
            + (error is null ? string.Empty : $", error=\"{error}\", error_description=\"{description}\"")
            + more;
    }
}

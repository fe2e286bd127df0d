using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Chaperone.Demo.Issuer;

/// <summary><c>/token</c>: redeems authorization codes (RFC 6749 4.1.3, RFC 7636 4.6); there are no refresh tokens.</summary>
internal sealed class TokenEndpoint(CodeStore codes, TokenWriter tokens)
{
    /// <summary>Answers with an access token and an id token, or an OAuth error.</summary>
    public async Task<IResult> HandleAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!context.Request.HasFormContentType)
        {
            return Error("invalid_request", "Send a form.");
        }

        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form["grant_type"] != "authorization_code")
        {
            return Error("unsupported_grant_type", "Only authorization_code is served.");
        }

        // The code is spent by the first attempt, right or wrong.
        var grant = codes.Redeem(form["code"].ToString());
        if (grant is null || grant.ClientId != form["client_id"] || grant.RedirectUri != form["redirect_uri"] || !Proves(form["code_verifier"].ToString(), grant.Challenge))
        {
            return Error("invalid_grant", "The code is unknown, used or too old, or it was asked for by somebody else.");
        }

        var issuer = IssuerService.Name(context.Request);
        return Results.Json(new Dictionary<string, object>
        {
            ["access_token"] = tokens.Access(issuer, grant.Person, grant.ClientId, grant.Scope),
            ["id_token"] = tokens.Identity(issuer, grant.Person, grant.ClientId, grant.Nonce),
            ["token_type"] = "Bearer",
            ["expires_in"] = (long)tokens.Lifetime.TotalSeconds,
            ["scope"] = grant.Scope,
        });
    }

    private static bool Proves(string verifier, string challenge) => CryptographicOperations.FixedTimeEquals(
        Encoding.ASCII.GetBytes(Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)))),
        Encoding.ASCII.GetBytes(challenge));

    private static IResult Error(string error, string description) =>
        Results.Json(new { error, error_description = description }, statusCode: StatusCodes.Status400BadRequest);
}

using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Chaperone.Console.SignIn;

/// <summary>Asks for a signature always. The code flow's handler waives it (OpenID Connect Core 3.1.3.7, 6, trusts TLS), which would let an unsigned token in.</summary>
internal sealed class SignedTokenHandler : JsonWebTokenHandler
{
    public override Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        validationParameters.RequireSignedTokens = true;
        return base.ValidateTokenAsync(token, validationParameters);
    }
}

using System.Security.Cryptography;
using System.Text;

namespace Chaperone.Demo.Clinic;

/// <summary>Lets in only callers with the clinic's own credential: here the gateway, never a person's token.</summary>
internal sealed class BearerGate(string token)
{
    private readonly byte[] _expected = SHA256.HashData(Encoding.UTF8.GetBytes($"Bearer {token}"));

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var given = SHA256.HashData(Encoding.UTF8.GetBytes(context.Request.Headers.Authorization.ToString()));
        if (CryptographicOperations.FixedTimeEquals(given, _expected))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return Task.CompletedTask;
    }
}

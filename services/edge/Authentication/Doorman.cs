using System.Net.Mime;
using Chaperone.Contracts;
using Chaperone.Edge.Mcp;
using Chaperone.Edge.Upstream;
using Microsoft.Extensions.Options;

namespace Chaperone.Edge.Authentication;

/// <summary>Lets in only known hosts, known origins and valid tokens, and tells the others how to get in (RFC 9728, RFC 6750).</summary>
internal sealed class Doorman(TokenGate gate, OriginCheck origins, UpstreamDirectory directory, Challenge challenge, EndedSignIns ended, LiveCalls calls, StrangerLimit strangers, IOptions<EdgeOptions> options)
{
    /// <summary>The caller; null when the refusal was already answered.</summary>
    public async ValueTask<Principal?> AdmitAsync(HttpContext http, string server)
    {
        if (origins.Refuses(http.Request) is { } words)
        {
            await AnswerAsync(http, StatusCodes.Status403Forbidden, words);
            return null;
        }

        origins.AddCors(http);
        var authorization = http.Request.Headers.Authorization.Count == 1 ? http.Request.Headers.Authorization[0] : null;
        if (strangers.Wait(http) is { } wait && !gate.Knows(authorization))
        {
            StrangerLimit.Tell(http, wait);
            await AnswerAsync(http, StatusCodes.Status429TooManyRequests, "Too many requests without an accepted token came from this address. Wait, and show a valid token.");
            return null;
        }

        var verdict = await gate.CheckAsync(authorization, server, directory.Find(server)?.Issuers ?? []);
        if (verdict.State == TokenState.Accepted)
        {
            // Noted before it is looked up: a sign-out in between finds it.
            calls.Add(http, verdict);
            verdict = ended.Has(verdict) ? TokenVerdict.Invalid("The sign-in behind the token was ended.") : verdict;
        }

        switch (verdict.State)
        {
            case TokenState.Accepted when options.Value.RequiredScopes.All(verdict.Scopes.Contains):
                return verdict.Principal;
            case TokenState.Accepted:
                challenge.Show(http, server, "insufficient_scope", "The token lacks a scope.");
                await AnswerAsync(http, StatusCodes.Status403Forbidden, "The token lacks a scope that this gateway needs.");
                return null;
            case TokenState.Unavailable:
                await AnswerAsync(http, StatusCodes.Status503ServiceUnavailable, "The identity provider cannot be reached, so nobody can be let in. Try again shortly.");
                return null;
            case TokenState.Missing:
                strangers.Count(http);
                challenge.Show(http, server, null, null);
                await AnswerAsync(http, StatusCodes.Status401Unauthorized, "A bearer token is needed.");
                return null;
            default:
                strangers.Count(http);
                challenge.Show(http, server, "invalid_token", verdict.Problem);
                await AnswerAsync(http, StatusCodes.Status401Unauthorized, verdict.Problem!);
                return null;
        }
    }

    private static async Task AnswerAsync(HttpContext http, int status, string words)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = MediaTypeNames.Application.Json;
        await http.Response.Body.WriteAsync(McpAnswers.Error(null, McpFault.Refused, words), http.RequestAborted);
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Chaperone.TestKit;

/// <summary>An introspection endpoint (RFC 7662) that knows what a test tells it of tokens, and says only "not active" of others.</summary>
public sealed class TokenBook
{
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, object?>> _known = new(StringComparer.Ordinal);
    private int _asked;

    /// <summary>The client that may ask.</summary>
    public string ClientId { get; } = "gateway client";

    /// <summary>Its secret, with characters that have to be encoded.</summary>
    public string ClientSecret { get; } = "canary+introspection secret/%";

    /// <summary>How often it was asked.</summary>
    public int Asked => _asked;

    /// <summary>What it answers instead, status and body; null for honest answers.</summary>
    public (int Status, string Body)? Instead { get; set; }

    /// <summary>Makes a token active, with what is said of it.</summary>
    public void Tell(string token, IReadOnlyDictionary<string, object?> claims) => _known[token] = claims;

    /// <summary>Revokes a token.</summary>
    public void Revoke(string token) => _known.TryRemove(token, out _);

    internal async Task<IResult> AnswerAsync(HttpRequest request)
    {
        Interlocked.Increment(ref _asked);
        if (Instead is { } instead)
        {
            return Results.Content(instead.Body, "application/json", statusCode: instead.Status);
        }

        var pair = $"{WebUtility.UrlEncode(ClientId)}:{WebUtility.UrlEncode(ClientSecret)}";
        if (request.Headers.Authorization != "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes(pair)))
        {
            return Results.Json(new { error = "invalid_client" }, statusCode: StatusCodes.Status401Unauthorized);
        }

        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        return _known.TryGetValue(form["token"].ToString(), out var claims)
            ? Results.Json(new Dictionary<string, object?>(claims) { ["active"] = true })
            : Results.Json(new { active = false });
    }
}

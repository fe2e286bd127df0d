using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Chaperone.TestKit;

/// <summary>
/// A small real OpenID Connect issuer on a loopback port: discovery, JWKS, authorize (code, PKCE S256 required), token,
/// end-session; and a mint for access tokens of any shape, honest or not. Strict where the specifications are.
/// </summary>
public sealed class TestIssuer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private int _keysAsked;
    private readonly TokenMint _mint = new();
    private readonly ConcurrentDictionary<string, Grant> _codes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TestPerson> _people = new(StringComparer.Ordinal);

    private TestIssuer(WebApplication app, TimeProvider time)
    {
        _app = app;
        _time = time;
    }

    /// <summary>The issuer, e.g. <c>http://127.0.0.1:40123</c>; no slash at the end.</summary>
    public string Authority { get; private set; } = "";

    /// <summary>Who is signed in at the issuer: authorize answers at once. Null shows a page with one link per person added.</summary>
    public TestPerson? SignedIn { get; set; }

    /// <summary>An OAuth error that authorize answers with, e.g. <c>access_denied</c>; null for none.</summary>
    public string? Refuse { get; set; }

    /// <summary>Secret that the token endpoint asks for; null for public clients.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>The scope of tokens that name none; null for none.</summary>
    public string? DefaultScope { get; set; }

    /// <summary>What its introspection endpoint says of tokens.</summary>
    public TokenBook Introspection { get; } = new();

    /// <summary>Awaited before the keys are told; one that fails makes the endpoint fail.</summary>
    public Func<Task> BeforeKeys { get; set; } = () => Task.CompletedTask;

    /// <summary>How often the keys were asked for.</summary>
    public int KeysAsked => _keysAsked;

    /// <summary>Changes how id tokens are made, to break them; null for honest ones.</summary>
    public TokenShape? IdTokenShape { get; set; }

    /// <summary>Starts it on a free loopback port.</summary>
    public static async Task<TestIssuer> StartAsync(CancellationToken cancellationToken, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(o => o.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        var issuer = new TestIssuer(app, time ?? TimeProvider.System);
        app.MapGet("/.well-known/openid-configuration", issuer.Discovery);
        app.MapGet("/.well-known/oauth-authorization-server", issuer.Discovery);
        app.MapGet("/favicon.ico", () => Results.NoContent());
        app.MapGet("/jwks", issuer.JwksAsync);
        app.MapPost("/introspect", issuer.Introspection.AnswerAsync);
        app.MapGet("/authorize", issuer.Authorize);
        app.MapPost("/token", issuer.TokenAsync);
        app.MapGet("/logout", issuer.Logout);
        await app.StartAsync(cancellationToken);
        issuer.Authority = app.Urls.Single();
        return issuer;
    }

    /// <summary>Makes <paramref name="person"/> known to the sign-in page.</summary>
    public TestIssuer Add(TestPerson person)
    {
        _people[person.Subject] = person;
        return this;
    }

    /// <summary>Signs with new keys from now on; the old ones are no longer published.</summary>
    public void RotateKeys() => _mint.Rotate();

    /// <summary>A token for <paramref name="person"/>; <paramref name="shape"/> says how it differs from an honest one.</summary>
    public string Mint(TestPerson person, TokenShape? shape = null)
    {
        shape ??= new TokenShape();
        var now = _time.GetUtcNow();
        var claims = new Dictionary<string, object?>
        {
            ["iss"] = shape.Issuer ?? Authority,
            ["sub"] = person.Subject,
            ["aud"] = shape.Audience,
            ["client_id"] = shape.ClientId,
            ["azp"] = shape.ClientId,
            ["scope"] = shape.Scope ?? DefaultScope,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nbf"] = (now + shape.NotBefore).ToUnixTimeSeconds(),
            ["exp"] = (now + shape.Lifetime).ToUnixTimeSeconds(),
            ["jti"] = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)),
            ["name"] = person.Name,
            ["email"] = person.Email,
            ["email_verified"] = true,
            [shape.GroupsClaim] = person.Groups,
        };
        foreach (var (name, value) in shape.Claims)
        {
            claims[name] = value;
        }

        var said = claims.Where(c => c.Value is not null).ToDictionary(c => c.Key, c => c.Value);
        return _mint.Sign(said, shape.Algorithm, shape.ForeignKey, shape.Type, shape.KeyId);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _mint.Dispose();
    }

    private IResult Discovery() => Results.Json(new Dictionary<string, object>
    {
        ["issuer"] = Authority,
        ["authorization_endpoint"] = $"{Authority}/authorize",
        ["token_endpoint"] = $"{Authority}/token",
        ["jwks_uri"] = $"{Authority}/jwks",
        ["introspection_endpoint"] = $"{Authority}/introspect",
        ["end_session_endpoint"] = $"{Authority}/logout",
        ["response_types_supported"] = new[] { "code" },
        ["response_modes_supported"] = new[] { "query" },
        ["grant_types_supported"] = new[] { "authorization_code" },
        ["subject_types_supported"] = new[] { "public" },
        ["id_token_signing_alg_values_supported"] = new[] { "ES256", "RS256" },
        ["code_challenge_methods_supported"] = new[] { "S256" },
        ["token_endpoint_auth_methods_supported"] = new[] { "none", "client_secret_post" },
        ["scopes_supported"] = new[] { "openid", "profile", "email", "groups" },
    });

    private async Task<IResult> JwksAsync()
    {
        Interlocked.Increment(ref _keysAsked);
        await BeforeKeys();
        return Results.Json(_mint.Jwks());
    }

    private IResult Authorize(HttpRequest request)
    {
        var query = request.Query;
        if (query["response_type"] != "code" || query["code_challenge_method"] != "S256"
            || string.IsNullOrEmpty(query["code_challenge"]) || !Uri.TryCreate(query["redirect_uri"], UriKind.Absolute, out _))
        {
            return Results.BadRequest("authorize: code with PKCE S256 and a redirect_uri are required");
        }

        if (Refuse is not null)
        {
            return Back(query, "error", Refuse);
        }

        var person = SignedIn ?? _people.GetValueOrDefault(query["person"].ToString());
        if (person is null)
        {
            var links = _people.Values.OrderBy(p => p.Subject, StringComparer.Ordinal).Select(p =>
                $"<p><a href=\"/authorize{WebUtility.HtmlEncode(request.QueryString.Value)}&amp;person={Uri.EscapeDataString(p.Subject)}\">{WebUtility.HtmlEncode(p.Name)}</a></p>");
            return Results.Content($"<!doctype html><title>Test issuer</title><h1>Who are you?</h1>{string.Concat(links)}", "text/html");
        }

        var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
        _codes[code] = new Grant(person, query["client_id"].ToString(), query["redirect_uri"].ToString(), query["code_challenge"].ToString(), query["nonce"]);
        return Back(query, "code", code);
    }

    private IResult Back(IQueryCollection query, string name, string value) =>
        Results.Redirect(QueryHelpers.AddQueryString(query["redirect_uri"].ToString(), new Dictionary<string, string?>
        {
            [name] = value,
            ["state"] = query["state"],
            ["iss"] = Authority,
        }));

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        var challenge = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
        if (ClientSecret is not null && form["client_secret"] != ClientSecret)
        {
            return Results.Json(new { error = "invalid_client" }, statusCode: StatusCodes.Status401Unauthorized);
        }

        if (form["grant_type"] != "authorization_code"
            || !_codes.TryRemove(form["code"].ToString(), out var grant)
            || form["client_id"] != grant.ClientId
            || form["redirect_uri"] != grant.RedirectUri
            || challenge != grant.Challenge)
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: StatusCodes.Status400BadRequest);
        }

        var shape = (IdTokenShape ?? new TokenShape { Audience = grant.ClientId, Type = "JWT" }) with { ClientId = grant.ClientId };
        shape = shape with { Claims = new Dictionary<string, object?>(shape.Claims) { ["nonce"] = grant.Nonce } };
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Results.Json(new Dictionary<string, object>
        {
            ["token_type"] = "Bearer",
            ["expires_in"] = 1800,
            ["access_token"] = Mint(grant.Person, new TokenShape { ClientId = grant.ClientId }),
            ["id_token"] = Mint(grant.Person, shape),
        });
    }

    private IResult Logout(HttpRequest request)
    {
        SignedIn = null;
        var back = request.Query["post_logout_redirect_uri"].ToString();
        return back.Length > 0
            ? Results.Redirect(QueryHelpers.AddQueryString(back, "state", request.Query["state"].ToString()))
            : Results.Text("signed out");
    }

    private sealed record Grant(TestPerson Person, string ClientId, string RedirectUri, string Challenge, string? Nonce);
}

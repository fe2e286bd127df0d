using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Chaperone.Demo.Issuer;

/// <summary>An OpenID Connect issuer for trials: four people, no passwords, this machine only. Never for real use, hence <c>--demo</c>.</summary>
public static class IssuerService
{
    /// <summary>The process.</summary>
    /// <exception cref="DemoRefusedException"><c>--demo</c> is missing, or a URL is not loopback.</exception>
    public static WebApplication Build(string[] args)
    {
        if (!args.Contains("--demo"))
        {
            throw new DemoRefusedException("This issuer lets anybody be anybody and is for trials only: start it with --demo, and never beside real data.");
        }

        var builder = WebApplication.CreateSlimBuilder([.. args.Where(arg => arg != "--demo")]);
        builder.Configuration.AddEnvironmentVariables("CHAPERONE_");
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.ListenOnLoopback("http://127.0.0.1:7102");
        builder.Services.AddOptions<IssuerOptions>().Bind(builder.Configuration.GetSection("Issuer")).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(services => SigningKey.LoadOrCreate(services.GetRequiredService<IOptions<IssuerOptions>>().Value.DataDirectory));
        builder.Services.AddSingleton<TokenWriter>();
        builder.Services.AddSingleton<CodeStore>();
        builder.Services.AddSingleton<AuthorizeEndpoint>();
        builder.Services.AddSingleton<TokenEndpoint>();

        var app = builder.Build();
        app.UseLoopbackNames();
        app.MapGet("/health", () => "healthy");
        app.MapGet("/.well-known/openid-configuration", Discovery);
        app.MapGet("/.well-known/oauth-authorization-server", Discovery);
        app.MapGet("/jwks", (SigningKey key) => Results.Json(new { keys = new[] { key.Published } }));
        app.MapGet("/authorize", (HttpContext context, AuthorizeEndpoint endpoint) => endpoint.Handle(context));
        app.MapPost("/token", (HttpContext context, TokenEndpoint endpoint) => endpoint.HandleAsync(context));
        app.MapMethods("/userinfo", ["GET", "POST"], UserInfoAsync);
        app.MapGet("/end_session", EndSession);
        app.MapGet("/demo/token", DemoToken);
        return app;
    }

    /// <summary>The issuer's name: where it was reached. Only loopback names get this far.</summary>
    internal static string Name(HttpRequest request) => $"{request.Scheme}://{request.Host}";

    private static IResult Discovery(HttpRequest request)
    {
        var name = Name(request);
        return Results.Json(new Dictionary<string, object>
        {
            ["issuer"] = name,
            ["authorization_endpoint"] = $"{name}/authorize",
            ["token_endpoint"] = $"{name}/token",
            ["userinfo_endpoint"] = $"{name}/userinfo",
            ["end_session_endpoint"] = $"{name}/end_session",
            ["jwks_uri"] = $"{name}/jwks",
            ["response_types_supported"] = new[] { "code" },
            ["response_modes_supported"] = new[] { "query", "form_post" },
            ["grant_types_supported"] = new[] { "authorization_code" },
            ["subject_types_supported"] = new[] { "public" },
            ["id_token_signing_alg_values_supported"] = new[] { "ES256" },
            ["code_challenge_methods_supported"] = new[] { "S256" },
            ["token_endpoint_auth_methods_supported"] = new[] { "none" },
            ["authorization_response_iss_parameter_supported"] = true,
            ["scopes_supported"] = new[] { "openid", "profile", "email", "groups" },
            ["claims_supported"] = new[] { "sub", "name", "preferred_username", "email", "email_verified", "groups" },
        });
    }

    private static async Task<IResult> UserInfoAsync(HttpContext context, TokenWriter tokens)
    {
        var header = context.Request.Headers.Authorization.ToString();
        var person = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? await tokens.ReadAsync(Name(context.Request), header[7..]) : null;
        if (person is not null)
        {
            return Results.Json(TokenWriter.About(person));
        }

        context.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return Results.Unauthorized();
    }

    private static IResult EndSession(HttpRequest request)
    {
        var target = request.Query["post_logout_redirect_uri"].ToString();
        return DemoClient.MayRedirectTo(target)
            ? Results.Redirect(request.Query.TryGetValue("state", out var state) ? QueryHelpers.AddQueryString(target, "state", state.ToString()) : target)
            : Pages.SignedOut();
    }

    private static IResult DemoToken(HttpContext context, string? person, TokenWriter tokens)
    {
        context.Response.Headers.CacheControl = "no-store";
        return DemoPerson.Find(person) is { } found
            ? Results.Text(tokens.Access(Name(context.Request), found, "mcp-demo", "openid profile email groups"))
            : Results.Text($"person must be one of {string.Join(", ", DemoPerson.All.Select(known => known.Key))}", statusCode: StatusCodes.Status400BadRequest);
    }
}

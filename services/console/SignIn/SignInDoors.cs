using Chaperone.Contracts;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;

namespace Chaperone.Console.SignIn;

/// <summary>The addresses that send a person to the identity provider and back out.</summary>
internal static partial class SignInDoors
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(ConsolePaths.SignInStart, StartAsync);
        endpoints.MapPost(ConsolePaths.SignOut, SignOutAsync);
        endpoints.MapGet(ConsolePaths.SignOutProvider, SignOutProviderAsync);
    }

    private static async Task<IResult> StartAsync(HttpContext context, IOptionsMonitor<OpenIdConnectOptions> oidc, ILogger<SignInEvents> logger, string? returnUrl)
    {
        if (!await IsReachableAsync(oidc, logger, context.RequestAborted))
        {
            return Results.Redirect($"{ConsolePaths.SignIn}?problem=provider");
        }

        return Results.Challenge(new AuthenticationProperties { RedirectUri = ReturnPath.Safe(returnUrl) }, [ConsoleSchemes.Oidc]);
    }

    private static async Task<IResult> SignOutAsync(
        HttpContext context, IAntiforgery antiforgery, ConsoleJournal journal, ApproverNotes notes, Visitors visitors, ILogger<SignInEvents> logger)
    {
        var known = await context.AuthenticateAsync(ConsoleSchemes.Cookie);
        if (known.Principal is { } user)
        {
            context.User = user;
            if (!await antiforgery.IsRequestValidAsync(context))
            {
                return Results.Redirect("/");
            }

            await context.SignOutAsync(ConsoleSchemes.Cookie);
            await notes.SignedOutAsync(visitors.Of(user).Person, context.RequestAborted);
            try
            {
                await journal.WriteAsync(RecordKind.Session, visitors.Of(user).Person, "signed out of the console", context.RequestAborted);
            }
            catch (RoomAwayException e)
            {
                // Being signed out is the safe side, with or without its record.
                Log.NotRecorded(logger, e);
            }
        }

        return Results.Redirect($"{ConsolePaths.SignIn}?out=1");
    }

    private static async Task<IResult> SignOutProviderAsync(HttpContext context, IOptionsMonitor<OpenIdConnectOptions> oidc, ILogger<SignInEvents> logger)
    {
        if (!await IsReachableAsync(oidc, logger, context.RequestAborted))
        {
            return Results.Redirect($"{ConsolePaths.SignIn}?problem=provider");
        }

        var configuration = await oidc.Get(ConsoleSchemes.Oidc).ConfigurationManager!.GetConfigurationAsync(context.RequestAborted);
        return string.IsNullOrEmpty(configuration.EndSessionEndpoint)
            ? Results.Redirect($"{ConsolePaths.SignIn}?out=1")
            : Results.SignOut(new AuthenticationProperties { RedirectUri = $"{ConsolePaths.SignIn}?out=1" }, [ConsoleSchemes.Oidc]);
    }

    private static async Task<bool> IsReachableAsync(IOptionsMonitor<OpenIdConnectOptions> oidc, ILogger logger, CancellationToken cancellationToken)
    {
        try
        {
            await oidc.Get(ConsoleSchemes.Oidc).ConfigurationManager!.GetConfigurationAsync(cancellationToken);
            return true;
        }

        // The library wraps whatever kept it from the issuer's metadata, a refused connection or bad JSON, into this one.
        catch (InvalidOperationException e)
        {
            Log.ProviderAway(logger, e.Message);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(7003, LogLevel.Error, "A sign-out could not be recorded")]
        public static partial void NotRecorded(ILogger logger, Exception exception);

        [LoggerMessage(7004, LogLevel.Error, "The identity provider's metadata cannot be read: {Problem}")]
        public static partial void ProviderAway(ILogger logger, string problem);
    }
}

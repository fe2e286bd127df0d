using Chaperone.Contracts;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace Chaperone.Console.SignIn;

/// <summary>Every sign-in is recorded before its cookie is given, every failed one before the person is told.</summary>
internal sealed partial class SignInEvents(
    ConsoleJournal journal, ApproverNotes notes, FailureBudget budget, IOptions<ConsoleOptions> options, ILogger<SignInEvents> logger) : OpenIdConnectEvents
{
    public override Task TokenValidated(TokenValidatedContext context)
    {
        context.Principal = context.Principal is { } token ? ConsoleIdentity.FromIdToken(token, options.Value.GroupsClaim) : null;
        if (context.Principal is null)
        {
            context.Fail("The id token names no issuer or subject.");
        }

        return Task.CompletedTask;
    }

    public override async Task TicketReceived(TicketReceivedContext context)
    {
        try
        {
            var person = ConsoleIdentity.ToPrincipal(context.Principal!, options.Value.ClientId);
            await journal.WriteAsync(RecordKind.Session, person, "signed in to the console", context.HttpContext.RequestAborted);
            await notes.SignedInAsync(person, context.HttpContext.RequestAborted);
        }
        catch (RoomAwayException e)
        {
            Log.NotRecorded(logger, "sign-in", e);
            context.Response.Redirect($"{ConsolePaths.SignIn}?problem=recorder");
            context.HandleResponse();
        }
    }

    public override Task AccessDenied(AccessDeniedContext context)
    {
        context.HandleResponse();
        return RefuseAsync(context.HttpContext, "access_denied");
    }

    public override Task RemoteFailure(RemoteFailureContext context)
    {
        context.HandleResponse();
        return RefuseAsync(context.HttpContext, ReasonOf(context.Failure));
    }

    /// <summary>Sign-out without an id token at hand: the client id tells the issuer who asks (RP-Initiated Logout 1.0, section 2).</summary>
    public override Task RedirectToIdentityProviderForSignOut(RedirectContext context)
    {
        context.ProtocolMessage.ClientId = options.Value.ClientId;
        return Task.CompletedTask;
    }

    private async Task RefuseAsync(HttpContext context, string reason)
    {
        if (budget.TrySpend(out var skipped))
        {
            try
            {
                var more = skipped > 0 ? $"; {skipped} more before it were not recorded one by one" : "";
                await journal.WriteAsync(RecordKind.Session, actor: null, $"sign-in to the console failed: {reason}{more}", context.RequestAborted);
            }
            catch (RoomAwayException e)
            {
                // Nothing is served here, so the refusal stands without its record.
                Log.NotRecorded(logger, "failed sign-in", e);
            }
        }

        Log.Failed(logger, reason);
        context.Response.Redirect($"{ConsolePaths.SignIn}?problem=failed");
    }

    /// <summary>A short word for the record; never text that the other side chose freely.</summary>
    private static string ReasonOf(Exception? failure) => failure switch
    {
        OpenIdConnectProtocolException when failure.Data["error"] is string { Length: <= 40 } error && error.All(c => c is '_' or (>= 'a' and <= 'z')) => error,
        AuthenticationFailureException { Message: var m } when m.Contains("Correlation", StringComparison.Ordinal) => "no matching sign-in was started in this browser",
        null => "no reason given",
        _ => failure.GetType().Name,
    };

    private static partial class Log
    {
        [LoggerMessage(7001, LogLevel.Warning, "A sign-in failed: {Reason}")]
        public static partial void Failed(ILogger logger, string reason);

        [LoggerMessage(7002, LogLevel.Error, "A {What} could not be recorded")]
        public static partial void NotRecorded(ILogger logger, string what, Exception exception);
    }
}

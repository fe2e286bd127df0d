using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace Chaperone.Console.SignIn;

/// <summary>The session cookie: idle limit by sliding expiry, absolute limit by a time inside the ticket (45 CFR 164.312(a)(2)(iii)).</summary>
internal sealed class CookieSetup(IOptions<ConsoleOptions> options, TimeProvider time) : IConfigureNamedOptions<CookieAuthenticationOptions>
{
    private const string Until = "console.until";

    public void Configure(CookieAuthenticationOptions cookie) => Configure(Options.DefaultName, cookie);

    public void Configure(string? name, CookieAuthenticationOptions cookie)
    {
        if (name != ConsoleSchemes.Cookie)
        {
            return;
        }

        cookie.Cookie.Name = "chaperone-console";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = SecurePolicy(options.Value);
        cookie.ExpireTimeSpan = options.Value.IdleTimeout;
        cookie.SlidingExpiration = true;
        cookie.LoginPath = ConsolePaths.SignIn;
        cookie.AccessDeniedPath = ConsolePaths.NoAccess;
        cookie.ReturnUrlParameter = "returnUrl";
        cookie.Events = new CookieAuthenticationEvents
        {
            OnSigningIn = context =>
            {
                context.Properties.IsPersistent = false;
                context.Properties.Items[Until] = (time.GetUtcNow() + options.Value.SignInLifetime).ToString("O", CultureInfo.InvariantCulture);
                return Task.CompletedTask;
            },
            OnValidatePrincipal = async context =>
            {
                if (!context.Properties.Items.TryGetValue(Until, out var until)
                    || !DateTimeOffset.TryParse(until, CultureInfo.InvariantCulture, DateTimeStyles.None, out var end)
                    || end <= time.GetUtcNow())
                {
                    context.RejectPrincipal();
                    await context.HttpContext.SignOutAsync(ConsoleSchemes.Cookie);
                }
            },
            OnCheckSlidingExpiration = context =>
            {
                // A page that refreshes itself is nobody at the keyboard.
                context.ShouldRenew &= !Fragment.IsWanted(context.Request);
                return Task.CompletedTask;
            },
            OnRedirectToLogin = context => Answer(context, StatusCodes.Status401Unauthorized, context.RedirectUri),
            OnRedirectToAccessDenied = context => Answer(context, StatusCodes.Status403Forbidden, ConsolePaths.NoAccess),
        };
    }

    public static CookieSecurePolicy SecurePolicy(ConsoleOptions options) =>
        options.PublicUrl?.Scheme == Uri.UriSchemeHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;

    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status, string page)
    {
        if (Fragment.IsWanted(context.Request))
        {
            context.Response.StatusCode = status;
        }
        else
        {
            context.Response.Redirect(page);
        }

        return Task.CompletedTask;
    }
}

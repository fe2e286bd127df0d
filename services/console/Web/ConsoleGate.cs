using Microsoft.Extensions.Options;

namespace Chaperone.Console.Web;

/// <summary>
/// Stands before the whole pipeline, sign-in included, and touches the console's own paths only: the public address, and the headers.
/// </summary>
internal sealed class ConsoleGate(IOptions<ConsoleOptions> options) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            if (ConsolePaths.Contains(context.Request.Path))
            {
                Enter(context);
            }

            return following(context);
        });
        next(app);
    };

    private void Enter(HttpContext context)
    {
        if (options.Value.PublicUrl is { } url)
        {
            context.Request.Scheme = url.Scheme;
            context.Request.Host = url.IsDefaultPort ? new HostString(url.Host) : new HostString(url.Host, url.Port);
        }

        context.Response.OnStarting(
            static state =>
            {
                PageHeaders.Set((HttpContext)state);
                return Task.CompletedTask;
            },
            context);
    }
}

using System.Net;

namespace Chaperone.Demo;

/// <summary>Keeps a trial server on this machine: it binds loopback only, and answers to loopback names only.</summary>
internal static class Loopback
{
    private static readonly string[] Names = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>Makes the server listen on the URLs of <c>--urls</c>, or on <paramref name="defaultUrl"/>.</summary>
    /// <exception cref="DemoRefusedException">One of them is not a loopback address, or endpoints are set in another way.</exception>
    public static void ListenOnLoopback(this WebApplicationBuilder builder, string defaultUrl)
    {
        if (builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            throw new DemoRefusedException("Kestrel:Endpoints is set; this server is for trials on one machine and takes --urls http://127.0.0.1:PORT only.");
        }

        var urls = builder.Configuration["urls"] is { Length: > 0 } given ? given : defaultUrl;
        foreach (var url in urls.Split(';'))
        {
            var host = BindingAddress.Parse(url).Host;
            if (host != "localhost" && !(IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address)))
            {
                throw new DemoRefusedException($"--urls {url} is not a loopback address; this server is for trials on one machine. Use http://127.0.0.1:PORT.");
            }
        }

        builder.WebHost.UseUrls(urls);
    }

    /// <summary>Refuses foreign names in Host and Origin: a web page whose name was rebound to 127.0.0.1 gets nothing.</summary>
    public static void UseLoopbackNames(this IApplicationBuilder app) => app.Use(static (context, next) =>
    {
        var origin = context.Request.Headers.Origin.ToString();
        var originIsLocal = origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && Names.Contains(uri.Host));
        if (originIsLocal && Names.Contains(context.Request.Host.Host))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });
}

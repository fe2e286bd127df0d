using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.WebUtilities;

namespace Chaperone.Demo.Issuer;

/// <summary>The few pages people see.</summary>
internal static class Pages
{
    private const string Style = "body{font:16px/1.5 system-ui,sans-serif;max-width:34rem;margin:3rem auto;padding:0 1rem}"
        + "a.who{display:block;padding:.8rem 1rem;margin:.5rem 0;border:1px solid #888;border-radius:.5rem;text-decoration:none;color:inherit}"
        + "a.who:hover,a.who:focus{border-color:#06c;outline:2px solid #06c}small{color:#555}";

    /// <summary>One link per person; the request's own parameters ride along.</summary>
    public static IResult Choose(IQueryCollection query)
    {
        var links = new StringBuilder();
        foreach (var person in DemoPerson.All)
        {
            var parameters = query.Where(pair => pair.Key != "person").SelectMany(pair => pair.Value, (pair, value) => KeyValuePair.Create(pair.Key, value));
            var url = QueryHelpers.AddQueryString("/authorize", parameters.Append(KeyValuePair.Create("person", (string?)person.Key)));
            links.Append($"""<a class="who" id="{person.Key}" href="{Encode(url)}"><strong>{Encode(person.Name)}</strong><br><small>{Encode(person.Role)} ({Encode(string.Join(", ", person.Groups))})</small></a>""");
        }

        return Page("Who are you?", $"<h1>Who are you?</h1><p>This issuer is for trials: no password is asked.</p>{links}");
    }

    /// <summary>Posts <paramref name="answer"/> to the client (OAuth 2.0 Form Post Response Mode).</summary>
    public static IResult FormPost(string target, IEnumerable<(string Name, string Value)> answer)
    {
        var nonce = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var fields = string.Concat(answer.Select(pair => $"""<input type="hidden" name="{Encode(pair.Name)}" value="{Encode(pair.Value)}">"""));
        return Page(
            "Signing in",
            $"""<form method="post" action="{Encode(target)}">{fields}<button>Continue</button></form><script nonce="{nonce}">document.forms[0].submit()</script>""",
            $"; script-src 'nonce-{nonce}'");
    }

    /// <summary>The request cannot be answered to its client.</summary>
    public static IResult Problem(string text) => Page("Cannot sign in", $"<h1>Cannot sign in</h1><p>{Encode(text)}</p>", status: StatusCodes.Status400BadRequest);

    /// <summary>The end of a session.</summary>
    public static IResult SignedOut() => Page("Signed out", "<h1>Signed out</h1><p>This window can be closed.</p>");

    private static HtmlPage Page(string title, string body, string policy = "", int status = StatusCodes.Status200OK) => new HtmlPage(
        $"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{Encode(title)}</title><style>{Style}</style></head><body>{body}</body></html>""",
        $"default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'{policy}",
        status);

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private sealed class HtmlPage(string html, string policy, int status) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = "text/html; charset=utf-8";
            httpContext.Response.Headers.CacheControl = "no-store";
            httpContext.Response.Headers.ContentSecurityPolicy = policy;
            return httpContext.Response.WriteAsync(html, httpContext.RequestAborted);
        }
    }
}

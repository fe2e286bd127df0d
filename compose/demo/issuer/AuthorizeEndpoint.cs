using Microsoft.AspNetCore.WebUtilities;

namespace Chaperone.Demo.Issuer;

/// <summary><c>/authorize</c>: code flow with PKCE S256 (RFC 6749 4.1, RFC 7636); the person is chosen with one click.</summary>
internal sealed class AuthorizeEndpoint(CodeStore codes)
{
    /// <summary>Shows the people, or sends the chosen one's code back. Requests whose client or redirect is wrong get a page, never a redirect.</summary>
    public IResult Handle(HttpContext context)
    {
        var query = context.Request.Query;
        var clientId = query["client_id"].ToString();
        var redirectUri = query["redirect_uri"].ToString();
        if (!DemoClient.IsKnown(clientId) || !DemoClient.MayRedirectTo(redirectUri))
        {
            return Pages.Problem("client_id must be chaperone-console or mcp-demo, and redirect_uri a loopback URL.");
        }

        if (query["response_type"] != "code")
        {
            return Back(context, [("error", "unsupported_response_type"), ("error_description", "Only the code flow is served.")]);
        }

        if (query["code_challenge_method"] != "S256" || query["code_challenge"].ToString() is not { Length: 43 } challenge)
        {
            return Back(context, [("error", "invalid_request"), ("error_description", "PKCE with S256 is required.")]);
        }

        if (DemoPerson.Find(query["person"]) is not { } person)
        {
            return query["prompt"] == "none" ? Back(context, [("error", "login_required")]) : Pages.Choose(context.Request.Query);
        }

        var nonce = query["nonce"].ToString() is { Length: > 0 } given ? given : null;
        var scope = query["scope"].ToString() is { Length: > 0 } asked ? asked : "openid";
        var code = codes.Issue(new CodeStore.Grant(person, clientId, redirectUri, challenge, scope, nonce));
        return Back(context, [("code", code)]);
    }

    private static IResult Back(HttpContext context, List<(string Name, string Value)> answer)
    {
        var query = context.Request.Query;
        if (query.TryGetValue("state", out var state))
        {
            answer.Add(("state", state.ToString()));
        }

        // RFC 9207: the client checks who answered.
        answer.Add(("iss", IssuerService.Name(context.Request)));
        var target = query["redirect_uri"].ToString();
        return query["response_mode"] == "form_post"
            ? Pages.FormPost(target, answer)
            : Results.Redirect(QueryHelpers.AddQueryString(target, answer.Select(pair => KeyValuePair.Create(pair.Name, (string?)pair.Value))));
    }
}

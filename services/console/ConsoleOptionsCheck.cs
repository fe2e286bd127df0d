using Microsoft.Extensions.Options;

namespace Chaperone.Console;

/// <summary>The rules of <see cref="ConsoleOptions"/> that span fields or touch files; all problems at once.</summary>
internal sealed class ConsoleOptionsCheck : IValidateOptions<ConsoleOptions>
{
    public ValidateOptionsResult Validate(string? name, ConsoleOptions options)
    {
        var problems = new List<string>();
        CheckAuthority(options, problems);
        if (options.ClientSecretFile is { } file && !File.Exists(file))
        {
            problems.Add($"Console:ClientSecretFile '{file}' does not exist; write the secret there, or leave the key out for a public client.");
        }

        if (options.PublicUrl is { } url && (!IsWeb(url) || url.AbsolutePath != "/" || url.Query.Length > 0))
        {
            problems.Add($"Console:PublicUrl '{url}' must be http(s)://host[:port] without a path.");
        }

        if (!options.Scope.Split(' ').Contains("openid", StringComparer.Ordinal))
        {
            problems.Add($"Console:Scope '{options.Scope}' lacks openid; add it.");
        }

        CheckGroups("ApproverGroups", options.ApproverGroups, problems);
        CheckGroups("AnalystGroups", options.AnalystGroups, problems);
        CheckGroups("AdminGroups", options.AdminGroups, problems);
        CheckGroups("RevealGroups", options.RevealGroups, problems);
        CheckGroups("CustodianGroups", options.CustodianGroups, problems);
        CheckGroups("ReviewerGroups", options.ReviewerGroups, problems);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void CheckAuthority(ConsoleOptions options, List<string> problems)
    {
        if (!Uri.TryCreate(options.Authority, UriKind.Absolute, out var authority) || !IsWeb(authority))
        {
            problems.Add($"Console:Authority '{options.Authority}' must be the issuer's absolute URL, e.g. https://login.example.org.");
        }
        else if (options.RequireHttpsMetadata && authority.Scheme != Uri.UriSchemeHttps)
        {
            problems.Add($"Console:Authority '{options.Authority}' is not https; use https, or set Console:RequireHttpsMetadata=false for a trial on one machine.");
        }
    }

    private static void CheckGroups(string key, string[] groups, List<string> problems)
    {
        if (groups.Any(string.IsNullOrWhiteSpace))
        {
            problems.Add($"Console:{key} holds an empty group name; remove it.");
        }
    }

    private static bool IsWeb(Uri url) => url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp);
}

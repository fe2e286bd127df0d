using Chaperone.Approval.Slack;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Chaperone.Approval;

/// <summary>Rules across settings; each failure names the key, the value and the remedy.</summary>
internal sealed class ApprovalOptionsCheck : IValidateOptions<ApprovalOptions>
{
    private static readonly TimeSpan ShortestGrant = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestGrant = TimeSpan.FromHours(24);

    public ValidateOptionsResult Validate(string? name, ApprovalOptions options)
    {
        var problems = new List<string>();
        if (string.IsNullOrWhiteSpace(options.KeyFile))
        {
            problems.Add("Approval:KeyFile is empty. Name a file, e.g. data/keys/approval.key; it is created on first run.");
        }

        if (options.GrantLifetime < ShortestGrant || options.GrantLifetime > LongestGrant)
        {
            problems.Add($"Approval:GrantLifetime is '{options.GrantLifetime}'. Set it between {ShortestGrant} and {LongestGrant}.");
        }

        if (options.Store == ApprovalStoreKind.PostgreSql)
        {
            CheckPostgres(options, problems);
        }
        else if (options.Store == ApprovalStoreKind.Sqlite)
        {
            if (string.IsNullOrWhiteSpace(options.DataDirectory))
            {
                problems.Add("Approval:DataDirectory is empty. Name a directory, e.g. data/approval; it is created on first run.");
            }
        }
        else
        {
            problems.Add($"Approval:Store is '{options.Store}'. Set it to Sqlite or PostgreSql.");
        }

        if (options.ConsoleUrl is { } console && (!console.IsAbsoluteUri || console.Scheme is not ("https" or "http")))
        {
            problems.Add($"Approval:ConsoleUrl is '{console}'. Give the console's whole address, e.g. https://chaperone.example.org.");
        }

        if (options.Webhook.Url is { } hook)
        {
            if (!hook.IsAbsoluteUri || (hook.Scheme != "https" && !(hook.Scheme == "http" && hook.IsLoopback)))
            {
                problems.Add($"Approval:Webhook:Url is '{hook.OriginalString}'. Give an https address (http only on this machine).");
            }

            if (string.IsNullOrWhiteSpace(options.Webhook.KeyFile))
            {
                problems.Add("Approval:Webhook:KeyFile is empty. Name a file; it is created on first use.");
            }
        }

        SlackOptionsCheck.Check(options.Slack, problems);
        options.Teams.Check(options.ConsoleUrl, problems);
        options.Email.Check(options.ConsoleUrl, problems);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void CheckPostgres(ApprovalOptions options, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            problems.Add("Approval:ConnectionString is empty, but Approval:Store is PostgreSql. Give e.g. Host=postgres;Database=chaperone;Username=chaperone.");
        }
        else
        {
            try
            {
                if (!string.IsNullOrEmpty(new NpgsqlConnectionStringBuilder(options.ConnectionString).Password))
                {
                    problems.Add("Approval:ConnectionString holds a password. Move it to a file and name that in Approval:PasswordFile.");
                }
            }
            catch (ArgumentException)
            {
                problems.Add("Approval:ConnectionString cannot be read. Give e.g. Host=postgres;Database=chaperone;Username=chaperone.");
            }
        }

        if (options.PasswordFile is { } file && !File.Exists(file))
        {
            problems.Add($"Approval:PasswordFile is '{file}', which does not exist. Write the database password into it, readable by this process only.");
        }
    }
}

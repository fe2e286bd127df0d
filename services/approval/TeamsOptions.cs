using Chaperone.Approval.Teams;

namespace Chaperone.Approval;

/// <summary>Settings under <c>Approval:Teams</c>.</summary>
public sealed class TeamsOptions
{
    /// <summary>File with the address of a Workflows webhook ("When a Teams webhook request is received"); the address is a secret. Null (default): no Teams.</summary>
    public string? WorkflowUrlFile { get; set; }

    /// <summary>The address itself, for trials.</summary>
    public string? WorkflowUrl { get; set; }

    /// <summary>A bot whose cards can be answered in Teams; instead of the workflow, or beside it in another channel.</summary>
    public TeamsBotOptions Bot { get; set; } = new();

    internal bool IsOn => SecretText.IsSet(WorkflowUrl, WorkflowUrlFile);

    internal void Check(Uri? console, List<string> problems)
    {
        Bot.Check(problems);
        if (!IsOn)
        {
            return;
        }

        const string Key = "Approval:Teams:WorkflowUrl";
        if (!string.IsNullOrWhiteSpace(WorkflowUrl) && !string.IsNullOrWhiteSpace(WorkflowUrlFile))
        {
            problems.Add($"{Key} and {Key}File are both set. Keep the file.");
        }
        else if (!string.IsNullOrWhiteSpace(WorkflowUrlFile) && SecretText.Problem(Key, WorkflowUrlFile) is { } problem)
        {
            problems.Add(problem);
        }
        else if (!Uri.TryCreate(SecretText.Read(Key, WorkflowUrl, WorkflowUrlFile), UriKind.Absolute, out var url)
            || !(url.Scheme == "https" || url is { Scheme: "http", IsLoopback: true }))
        {
            problems.Add($"{Key} is no https address. Copy it whole from the workflow's trigger.");
        }

        if (console is null)
        {
            problems.Add("Approval:ConsoleUrl is empty, but cards in Teams are answered in the console. Give the console's whole address.");
        }
    }
}

using Chaperone.Approval.Slack;

namespace Chaperone.Approval;

/// <summary>Settings under <c>Approval</c> (environment <c>CHAPERONE_Approval__...</c>); checked at start.</summary>
public sealed class ApprovalOptions
{
    /// <summary><c>Sqlite</c> (default): one process, a file. <c>PostgreSql</c>: any number of approval workers.</summary>
    public ApprovalStoreKind Store { get; set; } = ApprovalStoreKind.Sqlite;

    /// <summary>Directory of the SQLite file; created with owner-only rights. Default <c>data/approval</c>.</summary>
    public string DataDirectory { get; set; } = Path.Combine("data", "approval");

    /// <summary>Npgsql connection string without a password; needed for PostgreSql.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>File that holds the database password, so that it is in no environment or argument list.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>File with the keys that seal requests at rest; created with owner-only rights on first run, shared by all approval workers. Default <c>data/keys/approval.key</c>.</summary>
    public string KeyFile { get; set; } = Path.Combine("data", "keys", "approval.key");

    /// <summary>How long an approved call may be made after the last yes: 10 seconds to 24 hours, default 15 minutes.</summary>
    public TimeSpan GrantLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Address of the console as approvers reach it; cards link to <c>/approvals/APR-n</c> below it. Null: cards carry no link.</summary>
    public Uri? ConsoleUrl { get; set; }

    /// <summary>Groups whose members may see a held call's original arguments in the console, each time with a reason that is recorded first. Empty (default): nobody.</summary>
    public string[] Reveal { get; set; } = [];

    /// <summary>A signed webhook that is told of each request.</summary>
    public WebhookOptions Webhook { get; set; } = new();

    /// <summary>Cards in Slack that can be answered there.</summary>
    public SlackOptions Slack { get; set; } = new();

    /// <summary>Cards in a Teams channel, with a link to the console.</summary>
    public TeamsOptions Teams { get; set; } = new();

    /// <summary>Mail with a link to the console.</summary>
    public EmailOptions Email { get; set; } = new();
}

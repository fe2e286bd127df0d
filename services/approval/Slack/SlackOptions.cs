namespace Chaperone.Approval.Slack;

/// <summary>Settings under <c>Approval:Slack</c>; Slack is on when a bot token is set. A secret is given in a file or as a value, not both.</summary>
public sealed class SlackOptions
{
    /// <summary>File with the bot token (<c>xoxb-...</c>), readable by this process only. Null (default): no Slack.</summary>
    public string? BotTokenFile { get; set; }

    /// <summary>The bot token itself, for trials.</summary>
    public string? BotToken { get; set; }

    /// <summary>File with the signing secret: buttons come in by HTTP at <c>/slack/interactions</c>.</summary>
    public string? SigningSecretFile { get; set; }

    /// <summary>The signing secret itself, for trials.</summary>
    public string? SigningSecret { get; set; }

    /// <summary>File with an app-level token (<c>xapp-...</c>): buttons come in by Socket Mode, and no inbound address is needed.</summary>
    public string? AppTokenFile { get; set; }

    /// <summary>The app-level token itself, for trials.</summary>
    public string? AppToken { get; set; }

    /// <summary>Channel id that gets the cards no other setting sends elsewhere, e.g. <c>C0123456789</c>; needed.</summary>
    public string? Channel { get; set; }

    /// <summary>Channel id by server of the policy file; comes before <see cref="Roles"/>.</summary>
    public Dictionary<string, string> Servers { get; init; } = [];

    /// <summary>Channel id by approver role of the policy file.</summary>
    public Dictionary<string, string> Roles { get; init; } = [];

    /// <summary>User ids of people on call, who get each card as a direct message as well; at most 5.</summary>
    public string[] OnCall { get; set; } = [];

    /// <summary>Default true: the masked arguments are on the card. False: cards carry ids and counts only, and a yes is given in the console.</summary>
    public bool ShowArguments { get; set; } = true;

    /// <summary>How long a sign-in to the console lets a person answer in Slack: 5 minutes to 24 hours, default 8 hours as <c>Console:SignInLifetime</c>; never set it longer than that.</summary>
    public TimeSpan SignInLifetime { get; set; } = TimeSpan.FromHours(8);

    /// <summary>Slack's Web API; default <c>https://slack.com/api/</c>. GovSlack: <c>https://slack-gov.com/api/</c>.</summary>
    public Uri ApiUrl { get; set; } = new("https://slack.com/api/");

    internal bool IsOn => SecretText.IsSet(BotToken, BotTokenFile);

    internal bool UsesHttp => SecretText.IsSet(SigningSecret, SigningSecretFile);

    internal bool UsesSocket => SecretText.IsSet(AppToken, AppTokenFile);
}

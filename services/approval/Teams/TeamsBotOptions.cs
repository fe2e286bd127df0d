namespace Chaperone.Approval.Teams;

/// <summary>Settings under <c>Approval:Teams:Bot</c>; the bot is on when an application id is set. Off by default.</summary>
public sealed class TeamsBotOptions
{
    /// <summary>Application (client) id of the bot's registration. Null (default): no bot.</summary>
    public string? AppId { get; set; }

    /// <summary>File with the application's client secret, readable by this process only.</summary>
    public string? AppPasswordFile { get; set; }

    /// <summary>The client secret itself, for trials.</summary>
    public string? AppPassword { get; set; }

    /// <summary>Directory (tenant) id of the organisation; answers from any other do not count.</summary>
    public string? TenantId { get; set; }

    /// <summary>Channel that gets the cards, e.g. <c>19:...@thread.tacv2</c>.</summary>
    public string? Channel { get; set; }

    /// <summary>Channel by server of the policy file.</summary>
    public Dictionary<string, string> Servers { get; init; } = [];

    /// <summary>How a person in Teams is found among those who signed in to the console: <c>ObjectId</c> (default) where both use Microsoft Entra ID, else <c>Email</c>.</summary>
    public TeamsMatch MatchBy { get; set; } = TeamsMatch.ObjectId;

    /// <summary>Default true: the masked arguments are on the card. False: a yes is given in the console.</summary>
    public bool ShowArguments { get; set; } = true;

    /// <summary>How long a sign-in to the console lets a person answer in Teams: 5 minutes to 24 hours, default 8 hours as <c>Console:SignInLifetime</c>; never set it longer than that.</summary>
    public TimeSpan SignInLifetime { get; set; } = TimeSpan.FromHours(8);

    /// <summary>The Bot Framework connector of Teams; default <c>https://smba.trafficmanager.net/teams/</c>.</summary>
    public Uri ServiceUrl { get; set; } = new("https://smba.trafficmanager.net/teams/");

    /// <summary>Where the bot gets its token; default <c>https://login.microsoftonline.com/</c>.</summary>
    public Uri LoginUrl { get; set; } = new("https://login.microsoftonline.com/");

    /// <summary>Keys of the Bot Framework; default <c>https://login.botframework.com/v1/.well-known/openidconfiguration</c>.</summary>
    public Uri MetadataUrl { get; set; } = new("https://login.botframework.com/v1/.well-known/openidconfiguration");

    internal bool IsOn => !string.IsNullOrWhiteSpace(AppId);

    internal void Check(List<string> problems)
    {
        if (!IsOn)
        {
            return;
        }

        const string Key = "Approval:Teams:Bot";
        if (!Guid.TryParse(AppId, out _))
        {
            problems.Add($"{Key}:AppId is no application id. Copy the GUID from the bot's registration.");
        }

        if (!Guid.TryParse(TenantId, out _))
        {
            problems.Add($"{Key}:TenantId is no directory id. Copy the GUID from Microsoft Entra ID, Overview.");
        }

        if (!SecretText.IsSet(AppPassword, AppPasswordFile))
        {
            problems.Add($"{Key}:AppPasswordFile is empty. Write the application's client secret into a file and name it.");
        }
        else if (!string.IsNullOrWhiteSpace(AppPasswordFile) && SecretText.Problem($"{Key}:AppPassword", AppPasswordFile) is { } problem)
        {
            problems.Add(problem);
        }

        foreach (var channel in Servers.Values.Prepend(Channel ?? "").Where(c => !c.StartsWith("19:", StringComparison.Ordinal)))
        {
            problems.Add($"{Key}:Channel (or a channel of Servers) is '{channel}'. Give the channel's id, which begins with 19: and ends with @thread.tacv2 (from the channel's link).");
        }

        if (SignInLifetime < TimeSpan.FromMinutes(5) || SignInLifetime > TimeSpan.FromHours(24))
        {
            problems.Add($"{Key}:SignInLifetime is '{SignInLifetime}'. Set it between 00:05:00 and 1.00:00:00.");
        }

        foreach (var (name, url) in new[] { ("ServiceUrl", ServiceUrl), ("LoginUrl", LoginUrl), ("MetadataUrl", MetadataUrl) })
        {
            if (!url.IsAbsoluteUri || !(url.Scheme == "https" || url is { Scheme: "http", IsLoopback: true }))
            {
                problems.Add($"{Key}:{name} is '{url.OriginalString}'. Give an https address.");
            }
        }
    }
}

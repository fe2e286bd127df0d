using System.Text.RegularExpressions;

namespace Chaperone.Approval.Slack;

/// <summary>Rules for <c>Approval:Slack</c>; no message holds a secret.</summary>
internal static partial class SlackOptionsCheck
{
    private const string Section = "Approval:Slack";
    private const int MostOnCall = 5;
    private static readonly TimeSpan ShortestSignIn = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LongestSignIn = TimeSpan.FromHours(24);

    public static void Check(SlackOptions options, List<string> problems)
    {
        CheckSecret("BotToken", options.BotToken, options.BotTokenFile, "xoxb-", problems);
        CheckSecret("SigningSecret", options.SigningSecret, options.SigningSecretFile, "", problems);
        CheckSecret("AppToken", options.AppToken, options.AppTokenFile, "xapp-", problems);
        if (!options.IsOn)
        {
            if (options.UsesHttp || options.UsesSocket || options.Channel is not null)
            {
                problems.Add($"{Section}:BotTokenFile is empty, but other settings of {Section} are set. Name the file that holds the bot token, or remove them.");
            }

            return;
        }

        if (options.UsesHttp == options.UsesSocket)
        {
            problems.Add(options.UsesHttp
                ? $"{Section}:SigningSecret and {Section}:AppToken are both set. Keep the signing secret for buttons by HTTP, or the app token for Socket Mode."
                : $"{Section}:SigningSecretFile is empty, and so is {Section}:AppTokenFile. Name the signing secret's file for buttons by HTTP, or the app token's for Socket Mode.");
        }

        CheckPlaces(options, problems);
        if (options.SignInLifetime < ShortestSignIn || options.SignInLifetime > LongestSignIn)
        {
            problems.Add($"{Section}:SignInLifetime is '{options.SignInLifetime}'. Set it between {ShortestSignIn} and {LongestSignIn}, no longer than Console:SignInLifetime.");
        }

        if (!options.ApiUrl.IsAbsoluteUri || options.ApiUrl.AbsolutePath[^1] != '/' || !(options.ApiUrl.Scheme == "https" || options.ApiUrl is { Scheme: "http", IsLoopback: true }))
        {
            problems.Add($"{Section}:ApiUrl is '{options.ApiUrl.OriginalString}'. Give an https address that ends in a slash, e.g. https://slack.com/api/.");
        }
    }

    private static void CheckSecret(string name, string? value, string? file, string prefix, List<string> problems)
    {
        var key = $"{Section}:{name}";
        if (!SecretText.IsSet(value, file))
        {
            return;
        }

        if (!string.IsNullOrWhiteSpace(value) && !string.IsNullOrWhiteSpace(file))
        {
            problems.Add($"{key} and {key}File are both set. Keep the file.");
        }
        else if (!string.IsNullOrWhiteSpace(file) && SecretText.Problem(key, file) is { } problem)
        {
            problems.Add(problem);
        }
        else
        {
            var secret = SecretText.Read(key, value, file);
            if (secret.Length < 16 || secret.Any(c => c is <= ' ' or > '~') || !secret.StartsWith(prefix, StringComparison.Ordinal))
            {
                problems.Add($"{key} has {secret.Length} characters. Copy it whole from the app's page{(prefix.Length == 0 ? "" : $"; it starts with {prefix}")}.");
            }
        }
    }

    private static void CheckPlaces(SlackOptions options, List<string> problems)
    {
        if (options.Channel is null || !ChannelId().IsMatch(options.Channel))
        {
            problems.Add($"{Section}:Channel is '{options.Channel}'. Give the channel's id, e.g. C0123456789 (channel details, bottom).");
        }

        foreach (var (name, map) in new[] { ("Servers", options.Servers), ("Roles", options.Roles) })
        {
            problems.AddRange(map
                .Where(place => !ChannelId().IsMatch(place.Value))
                .Select(place => $"{Section}:{name}:{place.Key} is '{place.Value}'. Give the channel's id, e.g. C0123456789 (channel details, bottom)."));
        }

        if (options.OnCall.Length > MostOnCall || !options.OnCall.All(UserId().IsMatch))
        {
            problems.Add($"{Section}:OnCall holds '{string.Join(", ", options.OnCall)}'. Give at most {MostOnCall} user ids, e.g. U0123456789 (profile, Copy member ID).");
        }
    }

    [GeneratedRegex("^[CG][A-Z0-9]{2,20}$", RegexOptions.NonBacktracking)]
    private static partial Regex ChannelId();

    [GeneratedRegex("^[UW][A-Z0-9]{2,20}$", RegexOptions.NonBacktracking)]
    private static partial Regex UserId();
}

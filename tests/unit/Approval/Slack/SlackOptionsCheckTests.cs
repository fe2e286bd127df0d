using Chaperone.Approval.Slack;
using Chaperone.TestKit.Slack;

namespace Chaperone.Approval.Tests.Slack;

public sealed class SlackOptionsCheckTests
{
    [Fact]
    public void Check_Off_AsksNothing() => Assert.Empty(Problems(new SlackOptions()));

    [Fact]
    public void Check_Complete_Passes() => Assert.Empty(Problems(Complete()));

    [Fact]
    public void Check_ManyMistakes_NamesAllAtOnceWithoutSecrets()
    {
        var options = Complete();
        options.BotToken = "xoxp-a-users-token-not-a-bots";
        options.AppToken = FakeSlack.AppToken;
        options.Channel = "#approvals";
        options.Servers["clinic"] = "clinic";
        options.Roles["admin-write"] = "";
        options.OnCall = ["ann"];
        options.SignInLifetime = TimeSpan.FromDays(7);
        options.ApiUrl = new Uri("http://slack.example/api");

        var problems = Problems(options);

        Assert.Equal(
            [
                "Approval:Slack:BotToken", "Approval:Slack:SigningSecret", "Approval:Slack:Channel", "Approval:Slack:Servers:clinic",
                "Approval:Slack:Roles:admin-write", "Approval:Slack:OnCall", "Approval:Slack:SignInLifetime", "Approval:Slack:ApiUrl",
            ],
            problems.Select(p => p.Split(' ')[0]));
        Assert.All(problems, p => Assert.DoesNotContain("xox", p.Replace("xoxb-.", "", StringComparison.Ordinal), StringComparison.Ordinal));
    }

    [Fact]
    public void Check_NoWayIn_SaysWhichTwoThereAre()
    {
        var options = Complete();
        options.SigningSecret = null;

        Assert.Contains("Socket Mode", Assert.Single(Problems(options)), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ChannelWithoutToken_SaysWhatIsMissing() =>
        Assert.StartsWith("Approval:Slack:BotTokenFile is empty", Assert.Single(Problems(new SlackOptions { Channel = "C0123456789" })), StringComparison.Ordinal);

    /// <summary>A secret's file is refused when others may read it, as a key's is.</summary>
    [Theory]
    [InlineData(UnixFileMode.UserRead, null)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead, "chmod 600")]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead, "chmod 600")]
    public void Check_SecretFile_OnlyItsOwnerMayReadIt(UnixFileMode mode, string? remedy)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, FakeSlack.BotToken + "\n");
            File.SetUnixFileMode(file, mode);
            var options = Complete();
            (options.BotToken, options.BotTokenFile) = (null, file);

            var problems = Problems(options);

            Assert.Equal(remedy is null ? 0 : 1, problems.Count);
            Assert.All(problems, p => Assert.Contains(remedy!, p, StringComparison.Ordinal));
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Check_SecretFileMissing_SaysSo()
    {
        var options = Complete();
        (options.BotToken, options.BotTokenFile) = (null, "/nowhere/token");

        Assert.Contains("does not exist", Assert.Single(Problems(options)), StringComparison.Ordinal);
    }

    private static SlackOptions Complete() => new()
    {
        BotToken = FakeSlack.BotToken,
        SigningSecret = FakeSlack.SigningSecret,
        Channel = "C0123456789",
        Servers = { ["clinic"] = "C0123456780" },
    };

    private static List<string> Problems(SlackOptions options)
    {
        var problems = new List<string>();
        SlackOptionsCheck.Check(options, problems);
        return problems;
    }
}

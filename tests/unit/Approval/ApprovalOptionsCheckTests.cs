namespace Chaperone.Approval.Tests;

public sealed class ApprovalOptionsCheckTests
{
    private static readonly ApprovalOptionsCheck Check = new();

    [Fact]
    public void Validate_Defaults_Pass() => Assert.True(Check.Validate(null, new ApprovalOptions()).Succeeded);

    [Fact]
    public void Validate_ManyMistakes_NamesAllAtOnce()
    {
        var options = new ApprovalOptions
        {
            Store = ApprovalStoreKind.PostgreSql,
            PasswordFile = Path.Combine(Path.GetTempPath(), "chaperone-no-such-file"),
            KeyFile = " ",
            GrantLifetime = TimeSpan.FromDays(2),
            ConsoleUrl = new Uri("/console", UriKind.Relative),
            Webhook = new WebhookOptions { Url = new Uri("http://hooks.example/x"), KeyFile = "" },
        };

        var failures = Check.Validate(null, options).Failures!.ToArray();

        string[] keys =
        [
            "Approval:KeyFile", "Approval:GrantLifetime", "Approval:ConnectionString", "Approval:PasswordFile",
            "Approval:ConsoleUrl", "Approval:Webhook:Url", "Approval:Webhook:KeyFile",
        ];
        Assert.Equal(keys, failures.Select(f => f.Split(' ')[0]));
    }

    [Theory]
    [InlineData("Host=db;Username=u;Password=secret", "holds a password")]
    [InlineData("nonsense", "cannot be read")]
    public void Validate_BadConnectionString_SaysWhyWithoutShowingIt(string text, string why)
    {
        var failure = Assert.Single(Check.Validate(null, new ApprovalOptions { Store = ApprovalStoreKind.PostgreSql, ConnectionString = text }).Failures!);

        Assert.Contains(why, failure, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:9/x", true)]
    [InlineData("https://hooks.example/x", true)]
    [InlineData("http://hooks.example/x", false)]
    [InlineData("ftp://hooks.example/x", false)]
    public void Validate_WebhookUrl_NeedsTlsBeyondThisMachine(string url, bool fine) =>
        Assert.Equal(fine, Check.Validate(null, new ApprovalOptions { Webhook = new WebhookOptions { Url = new Uri(url) } }).Succeeded);

    /// <summary>Teams and mail lead to the console, over TLS.</summary>
    [Fact]
    public void Validate_TeamsAndMailMistakes_NamesAllAtOnce()
    {
        var options = new ApprovalOptions
        {
            Teams = new TeamsOptions { WorkflowUrl = "http://workflows.example/secret" },
            Email = new EmailOptions { Host = "mail.example", Port = 0, Security = EmailSecurity.None, AuthorityFile = "/nowhere/ca.pem", UserName = "u", From = "x y" },
        };

        var failures = Check.Validate(null, options).Failures!.ToArray();

        string[] keys =
        [
            "Approval:Teams:WorkflowUrl", "Approval:ConsoleUrl", "Approval:Email:Port", "Approval:Email:Security", "Approval:Email:AuthorityFile",
            "Approval:Email:UserName", "Approval:Email:From", "Approval:Email:To", "Approval:ConsoleUrl",
        ];
        Assert.Equal(keys, failures.Select(f => f.Split(' ')[0]));
        Assert.All(failures, f => Assert.DoesNotContain("secret", f, StringComparison.Ordinal));
    }
}

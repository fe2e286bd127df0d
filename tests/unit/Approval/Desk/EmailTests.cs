using Chaperone.Approval.Notices;
using Chaperone.TestKit;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace Chaperone.Approval.Tests.Desk;

/// <summary>Mail: tells, over TLS or not at all, and carries nothing of the call's content.</summary>
public abstract class EmailTests(IStoreUnderTest store)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ask_EmailOn_MailsACardWithoutArguments()
    {
        await using var server = MailServer.Start("chaperone", "pass");
        await using var bench = await StartAsync(server);
        var id = (await bench.AskAsync(Token, who: People.Engineer with { Name = "Eva\r\nBcc: all@evil.example" })).ApprovalId;

        await SendAsync(bench);

        var mail = Read(Assert.Single(server.Mails));
        Assert.Equal("APR-1: may delete_patient on clinic run?", mail.Subject);
        Assert.Equal(["approvers@clinic.example", "lead@clinic.example"], mail.To.Mailboxes.Select(m => m.Address));
        Assert.Empty(mail.Bcc);
        Assert.Contains("https://console.example/approvals/open?link=", mail.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("MRN", mail.TextBody, StringComparison.Ordinal);
        Assert.Equal(["asked", "notified"], bench.Journal.Steps(id));
    }

    [Fact]
    public async Task Send_RefusedForNow_ComesAgainAsTheSameMail()
    {
        await using var server = MailServer.Start("chaperone", "pass");
        await using var bench = await StartAsync(server);
        server.Refusals = 1;
        await bench.AskAsync(Token);

        await SendAsync(bench);
        Assert.Empty(server.Mails);
        bench.Time.Advance(NoticePost.PauseAfter(1));
        await SendAsync(bench);

        Assert.StartsWith("APR-1-", Read(Assert.Single(server.Mails)).MessageId, StringComparison.Ordinal);
    }

    /// <summary>Attack: somebody between us and the mail server. No TLS, another's certificate or another name: no mail, no password.</summary>
    [Theory]
    [InlineData("no STARTTLS")]
    [InlineData("other authority")]
    [InlineData("other name")]
    [InlineData("wrong password")]
    public async Task Send_NotTheServerWeMean_SendsNothing(string how)
    {
        await using var server = MailServer.Start("chaperone", how == "wrong password" ? "other" : "pass", how == "other name" ? "evil.example" : "localhost");
        await using var other = MailServer.Start("chaperone", "pass");
        server.OffersTls = how != "no STARTTLS";
        await using var bench = await StartAsync(server, how == "other authority" ? other : server);
        await bench.AskAsync(Token);

        await SendAsync(bench);

        Assert.Empty(server.Mails);
        Assert.Equal(["asked"], bench.Journal.Steps("APR-1"));
    }

    private static Task SendAsync(DeskBench bench) => bench.Services.GetRequiredService<NoticePost>().SendDueAsync(null, Token);

    private static MimeMessage Read(string mail) => MimeMessage.Load(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(mail)), Token);

    private async Task<DeskBench> StartAsync(MailServer server, MailServer? authority = null)
    {
        var folder = Directory.CreateTempSubdirectory("chaperone-mail-").FullName;
        var (pem, password) = (Path.Combine(folder, "ca.pem"), Path.Combine(folder, "password"));
        await File.WriteAllTextAsync(pem, (authority ?? server).AuthorityPem, Token);
        await File.WriteAllTextAsync(password, "pass\n", Token);
        File.SetUnixFileMode(password, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return await DeskBench.StartAsync(
            store,
            Token,
            ("Approval:Email:Host", "localhost"),
            ("Approval:Email:Port", $"{server.Port}"),
            ("Approval:Email:AuthorityFile", pem),
            ("Approval:Email:UserName", "chaperone"),
            ("Approval:Email:PasswordFile", password),
            ("Approval:Email:From", "Chaperone <chaperone@clinic.example>"),
            ("Approval:Email:To:0", "approvers@clinic.example"),
            ("Approval:Email:To:1", "lead@clinic.example"),
            ("Approval:ConsoleUrl", "https://console.example"));
    }
}

using Chaperone.Bus.Tls;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;

namespace Chaperone.Approval.Notices;

/// <summary>Mails a card without arguments, with a link to the console. The same card has the same Message-ID each time it is sent, so that a second copy can be told.</summary>
internal sealed class EmailNotifier(CardLinks links, IOptions<ApprovalOptions> options, TimeProvider time) : INotifier
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public string Name => "email";

    public bool ReachesPeople => true;

    public bool Tells(NoticeOccasion occasion) => occasion != NoticeOccasion.Closed;

    public async Task NotifyAsync(NoticeCard card, CancellationToken cancellationToken)
    {
        var email = options.Value.Email;
        using var message = EmailMessage.Of(card, links.For(card, Name), email, time.GetUtcNow());
        using var client = new SmtpClient { Timeout = (int)Limit.TotalMilliseconds, CheckCertificateRevocation = false };
        if (email.AuthorityFile is { } authorities)
        {
            client.ServerCertificateValidationCallback = new PinnedAuthority(authorities).Accepts;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        await client.ConnectAsync(email.Host ?? throw new InvalidOperationException("Approval:Email:Host is not set."), email.Port, Protection(email.Security), limit.Token);
        if (!string.IsNullOrWhiteSpace(email.UserName))
        {
            await client.AuthenticateAsync(email.UserName, SecretText.Read("Approval:Email:Password", null, email.PasswordFile), limit.Token);
        }

        await client.SendAsync(message, limit.Token);

        // Sent is sent: a server that hangs up instead of saying goodbye must not bring the mail twice.
        try
        {
            await client.DisconnectAsync(quit: true, limit.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or MailKit.ProtocolException)
        {
            return;
        }
    }

    private static SecureSocketOptions Protection(EmailSecurity security) => security switch
    {
        EmailSecurity.Tls => SecureSocketOptions.SslOnConnect,
        EmailSecurity.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };
}

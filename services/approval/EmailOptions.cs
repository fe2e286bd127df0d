using MimeKit;

namespace Chaperone.Approval;

/// <summary>Settings under <c>Approval:Email</c>; mail only tells, and carries no arguments.</summary>
public sealed class EmailOptions
{
    /// <summary>Name of the mail server. Null (default): no mail.</summary>
    public string? Host { get; set; }

    /// <summary>Its port; default 587.</summary>
    public int Port { get; set; } = 587;

    /// <summary><c>StartTls</c> (default), <c>Tls</c>, or <c>None</c> for a server on this machine.</summary>
    public EmailSecurity Security { get; set; } = EmailSecurity.StartTls;

    /// <summary>PEM file with the certificate authority of the mail server, where it is the site's own. Null: the system's.</summary>
    public string? AuthorityFile { get; set; }

    /// <summary>Account at the mail server; null: none is needed.</summary>
    public string? UserName { get; set; }

    /// <summary>File with the account's password, readable by this process only.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>Sender, e.g. <c>Chaperone &lt;chaperone@example.org&gt;</c>.</summary>
    public string? From { get; set; }

    /// <summary>Who is told of each request; one to 20 addresses, usually one list.</summary>
    public string[] To { get; set; } = [];

    internal bool IsOn => !string.IsNullOrWhiteSpace(Host);

    internal void Check(Uri? console, List<string> problems)
    {
        const string Section = "Approval:Email";
        const int MostRecipients = 20;
        if (!IsOn)
        {
            return;
        }

        if (Port is < 1 or > 65535)
        {
            problems.Add($"{Section}:Port is '{Port}'. Set it to 587 for STARTTLS or 465 for TLS.");
        }

        if (!Enum.IsDefined(Security) || (Security == EmailSecurity.None && Host is not ("localhost" or "127.0.0.1" or "::1")))
        {
            problems.Add($"{Section}:Security is '{Security}'. Set it to StartTls or Tls; None is for a server on this machine.");
        }

        if (AuthorityFile is { } authority && !File.Exists(authority))
        {
            problems.Add($"{Section}:AuthorityFile is '{authority}', which does not exist. Name the PEM file of the site's certificate authority.");
        }

        if (string.IsNullOrWhiteSpace(UserName) != string.IsNullOrWhiteSpace(PasswordFile))
        {
            problems.Add($"{Section}:UserName and {Section}:PasswordFile belong together. Set both or neither.");
        }
        else if (!string.IsNullOrWhiteSpace(PasswordFile) && SecretText.Problem($"{Section}:Password", PasswordFile) is { } problem)
        {
            problems.Add(problem);
        }

        if (!MailboxAddress.TryParse(From ?? "", out _))
        {
            problems.Add($"{Section}:From is '{From}'. Give an address, e.g. Chaperone <chaperone@example.org>.");
        }

        if (To.Length is 0 or > MostRecipients || !To.All(address => MailboxAddress.TryParse(address, out _)))
        {
            problems.Add($"{Section}:To holds {To.Length} entries. Give 1 to {MostRecipients} addresses, e.g. approvers@example.org.");
        }

        if (console is null)
        {
            problems.Add("Approval:ConsoleUrl is empty, but mail leads to the console. Give the console's whole address.");
        }
    }
}

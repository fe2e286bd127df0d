namespace Chaperone.Approval;

/// <summary>How the connection to the mail server is protected.</summary>
public enum EmailSecurity
{
    /// <summary>TLS by STARTTLS, or no mail (port 587).</summary>
    StartTls = 0,

    /// <summary>TLS from the first byte (port 465).</summary>
    Tls = 1,

    /// <summary>None: a server on this machine only.</summary>
    None = 2,
}

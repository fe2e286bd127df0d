using Chaperone.Edge.Upstream.Secrets;

namespace Chaperone.Edge.Upstream.Credentials;

/// <summary>The files of a client certificate.</summary>
internal sealed record MutualTlsTerms
{
    /// <summary>PEM with the certificate and its intermediates, or PKCS#12.</summary>
    public required string CertificateFile { get; init; }

    /// <summary>PEM with the key; null for PKCS#12.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Password of the key or of the PKCS#12 file.</summary>
    public SecretTemplate? Password { get; init; }

    /// <summary>PEM file of the only authorities trusted for the upstream; null for the system's.</summary>
    public string? AuthorityFile { get; init; }
}

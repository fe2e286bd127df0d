using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Chaperone.Bus.Tls;

/// <summary>
/// Trusts a server only below the authorities of one file (PEM, or one certificate as DER), which is read at each handshake,
/// so that a renewed file counts at once. Name and dates of the server's certificate are checked as ever. Thread-safe.
/// </summary>
public sealed class PinnedAuthority(string file)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    /// <summary>True if the file can be read and holds a certificate.</summary>
    public static bool IsReadable(string file)
    {
        try
        {
            return Read(file).Count > 0;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>The answer to a handshake (<see cref="RemoteCertificateValidationCallback"/>).</summary>
    public bool Accepts(object sender, X509Certificate? certificate, X509Chain? sent, SslPolicyErrors errors)
    {
        // An unknown root is what this is for; a missing certificate or a wrong name stays a refusal.
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
        {
            return false;
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        if (sent is not null)
        {
            chain.ChainPolicy.ExtraStore.AddRange(sent.ChainPolicy.ExtraStore);
        }

        try
        {
            chain.ChainPolicy.CustomTrustStore.AddRange(Read(file));
            using var leaf = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
            return chain.ChainPolicy.CustomTrustStore.Count > 0 && chain.Build(leaf);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static X509Certificate2Collection Read(string file)
    {
        var found = new X509Certificate2Collection();
        found.ImportFromPemFile(file);
        if (found.Count == 0)
        {
            found.Add(X509CertificateLoader.LoadCertificateFromFile(file));
        }

        return found;
    }
}

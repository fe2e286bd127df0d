using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Chaperone.Edge.Upstream.Secrets;

/// <summary>Trusts a server only below the authorities of a PEM file, which is read at each handshake.</summary>
internal sealed class PinnedAuthority(string file)
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

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
            chain.ChainPolicy.CustomTrustStore.ImportFromPemFile(file);
            using var leaf = X509CertificateLoader.LoadCertificate(certificate.GetRawCertData());
            return chain.ChainPolicy.CustomTrustStore.Count > 0 && chain.Build(leaf);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

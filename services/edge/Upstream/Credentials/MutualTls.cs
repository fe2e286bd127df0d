using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Chaperone.Bus.Tls;
using Chaperone.Edge.Upstream.Secrets;

namespace Chaperone.Edge.Upstream.Credentials;

/// <summary>
/// Connections that show a client certificate. When its files change new connections show the new one; a pair that is half
/// written keeps the last good one, for as long as that certificate is valid.
/// </summary>
internal sealed class MutualTls : IDisposable
{
    private readonly string _field;
    private readonly MutualTlsTerms _terms;
    private readonly TimeProvider _time;
    private string? _digest;
    private volatile Connections? _connections;
    private Connections? _retired;
    private volatile string? _problem;

    public MutualTls(CredentialTerms terms, TimeProvider time)
    {
        _field = terms.Path + ".mutual_tls";
        _terms = terms.MutualTls!;
        _time = time;
        Refresh();
    }

    public string? Problem => _problem;

    /// <exception cref="CredentialException">No certificate could be loaded, or it has expired.</exception>
    public HttpMessageInvoker Client
    {
        get
        {
            var connections = _connections ?? throw new CredentialException(_problem ?? $"{_field}: no certificate is loaded");
            return connections.Ends > _time.GetUtcNow()
                ? connections.Client
                : throw new CredentialException($"{_field}.certificate: has expired; put a new one in its place");
        }
    }

    /// <summary>Looks whether the files have changed; called from one thread.</summary>
    public void Refresh()
    {
        try
        {
            var digest = Digest();
            if (digest == _digest)
            {
                return;
            }

            var fresh = Load();
            _retired?.Dispose();
            (_retired, _connections, _digest, _problem) = (_connections, fresh, digest, null);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            _problem = $"{_field}: certificate and key cannot be read or do not belong together; give a PEM certificate with its key, or PKCS#12 with its password";
        }
        catch (CredentialException e)
        {
            _problem = e.Message;
        }
    }

    public void Dispose()
    {
        _retired?.Dispose();
        _connections?.Dispose();
    }

    private string Digest() => string.Join(' ', new[] { _terms.CertificateFile, _terms.KeyFile }.OfType<string>()
        .Select(f => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))));

    private Connections Load()
    {
        var password = _terms.Password is { } template ? SecretReader.ReadLocal(template) : null;
        var chain = new X509Certificate2Collection();
        X509Certificate2 leaf;
        if (_terms.KeyFile is { } key)
        {
            leaf = password is null
                ? X509Certificate2.CreateFromPemFile(_terms.CertificateFile, key)
                : X509Certificate2.CreateFromEncryptedPemFile(_terms.CertificateFile, password, key);
            chain.ImportFromPemFile(_terms.CertificateFile);
        }
        else
        {
            chain = X509CertificateLoader.LoadPkcs12CollectionFromFile(_terms.CertificateFile, password);
            leaf = chain.FirstOrDefault(c => c.HasPrivateKey) ?? throw new CryptographicException("no key");
        }

        var others = new X509Certificate2Collection(chain.Where(c => c.Thumbprint != leaf.Thumbprint).ToArray());
        var tls = new SslClientAuthenticationOptions
        {
            ClientCertificateContext = SslStreamCertificateContext.Create(leaf, others, offline: true),

            // A resumed session would go on showing the certificate it began with.
            AllowTlsResume = false,
        };
        if (_terms.AuthorityFile is { } authority)
        {
            tls.RemoteCertificateValidationCallback = new PinnedAuthority(authority).Accepts;
        }

        return new Connections(UpstreamDirectory.NewClient(tls), leaf);
    }

    private sealed class Connections(HttpMessageInvoker client, X509Certificate2 certificate) : IDisposable
    {
        public HttpMessageInvoker Client => client;

        public DateTimeOffset Ends { get; } = certificate.NotAfter;

        public void Dispose()
        {
            client.Dispose();
            certificate.Dispose();
        }
    }
}

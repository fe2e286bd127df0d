using System.Security.Cryptography.X509Certificates;
using Chaperone.TestKit;

namespace Chaperone.Faults;

/// <summary>The certificates of a stage's servers, and the one of its upstream, which can run out and be renewed.</summary>
internal sealed class StageCertificates : IAsyncDisposable
{
    // Long enough for every room to connect anew.
    private static readonly TimeSpan Life = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan InUse = TimeSpan.FromSeconds(3);

    private readonly List<X509Certificate2> _shortLived = [];
    private readonly TestAuthority _authority = new();
    private readonly string _directory = Directory.CreateTempSubdirectory("chaperone-certificates-").FullName;

    public StageCertificates(int upstream)
    {
        AuthorityFile = Path.Combine(_directory, "authority.pem");
        File.WriteAllText(AuthorityFile, _authority.Certificate.ExportCertificatePem());
        Good = _authority.Issue("server");
        UpstreamFront = TlsFront.Start(upstream, Good);
    }

    /// <summary>The only authority that rooms trust.</summary>
    public string AuthorityFile { get; }

    /// <summary>A certificate that is good for a day.</summary>
    public X509Certificate2 Good { get; }

    /// <summary>TLS before the upstream.</summary>
    public TlsFront UpstreamFront { get; }

    /// <summary>
    /// Under a certificate that is good for so long, with connections made anew; when it has run out, they stay in use a while,
    /// and then end, as connections do in the course of a day: new ones are refused.
    /// </summary>
    public async Task RunOutAsync(TlsFront front, CancellationToken cancellationToken)
    {
        var shortLived = _authority.Issue("server", Life);
        _shortLived.Add(shortLived);
        front.Show(shortLived);
        front.Cut();
        await Task.Delay(Life + InUse, cancellationToken);
        front.Cut();
    }

    /// <summary>The renewed certificate lies there; nothing else is done.</summary>
    public void Renew(TlsFront front) => front.Show(Good);

    public async ValueTask DisposeAsync()
    {
        await UpstreamFront.DisposeAsync();
        Good.Dispose();
        _shortLived.ForEach(c => c.Dispose());
        _authority.Dispose();
        Directory.Delete(_directory, recursive: true);
    }
}

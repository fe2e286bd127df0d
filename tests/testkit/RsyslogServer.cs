using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Chaperone.TestKit;

/// <summary>Debian's rsyslogd as a private collector over TLS on a loopback port; what it takes is in <see cref="Lines"/>.</summary>
public sealed class RsyslogServer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/rsyslogd";

    private readonly string _root;
    private ServerProcess? _process;

    private RsyslogServer(string root) => _root = root;

    /// <summary>Loopback port, the same after a restart.</summary>
    public int Port { get; } = PrivatePorts.Take();

    /// <summary>PEM file of the authority that its certificate is from.</summary>
    public string AuthorityFile => Path.Combine(_root, "ca.pem");

    /// <summary>PEM files of a client certificate that it accepts.</summary>
    public (string Certificate, string Key) Client => (Path.Combine(_root, "client.pem"), Path.Combine(_root, "client.key.pem"));

    /// <summary>Each message as rsyslog understood it: priority, time, host, program, message id and body, apart by a tab.</summary>
    public IReadOnlyList<string[]> Lines => File.Exists(Output)
        ? [.. File.ReadAllText(Output).Split('\n')[..^1].Select(line => line.Split('\t'))]
        : [];

    private string Output => Path.Combine(_root, "messages");

    private string Configuration => Path.Combine(_root, "rsyslog.conf");

    /// <summary>Writes certificates and configuration; <see cref="StartAsync"/> runs it.</summary>
    /// <param name="asksForCertificate">True refuses clients without a certificate of the authority.</param>
    /// <exception cref="InvalidOperationException">rsyslog is not installed.</exception>
    public static RsyslogServer Prepare(bool asksForCertificate = false)
    {
        if (!File.Exists(Program))
        {
            throw new InvalidOperationException($"{Program} is not installed. Run: .ci/setup.sh");
        }

        var server = new RsyslogServer(Directory.CreateTempSubdirectory("chaperone-rsyslog-").FullName);
        using var authority = new TestAuthority();
        File.WriteAllText(server.AuthorityFile, authority.Certificate.ExportCertificatePem());
        server.Issue(authority, "server");
        server.Issue(authority, "client");
        File.WriteAllText(server.Configuration, $$"""
            global(workDirectory="{{server._root}}" maxMessageSize="64k" defaultNetstreamDriver="gtls"
                   defaultNetstreamDriverCAFile="{{server.AuthorityFile}}"
                   defaultNetstreamDriverCertFile="{{server._root}}/server.pem" defaultNetstreamDriverKeyFile="{{server._root}}/server.key.pem")
            module(load="imtcp" StreamDriver.Name="gtls" StreamDriver.Mode="1" StreamDriver.AuthMode="{{(asksForCertificate ? "x509/certvalid" : "anon")}}")
            template(name="line" type="string" string="%pri%\t%timestamp:::date-rfc3339%\t%hostname%\t%app-name%\t%msgid%\t%msg%\n")
            input(type="imtcp" address="127.0.0.1" port="{{server.Port}}")
            action(type="omfile" file="{{server.Output}}" template="line")
            """ + "\n");
        return server;
    }

    /// <summary>Starts it, again on the same files after it was stopped; returns when it accepts connections.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        File.Delete(Path.Combine(_root, "pid"));
        _process = ServerProcess.Start(Path.Combine(_root, "log"), new Dictionary<string, string>(), Program, "-n", "-f", Configuration, "-i", Path.Combine(_root, "pid"));
        await _process.UntilReadyAsync(
            async () =>
            {
                using var probe = new System.Net.Sockets.TcpClient();
                try
                {
                    await probe.ConnectAsync("127.0.0.1", Port, cancellationToken);
                    return true;
                }
                catch (System.Net.Sockets.SocketException)
                {
                    return false;
                }
            },
            "rsyslogd",
            cancellationToken);
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
            _process = null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await TemporaryFiles.DeleteAsync(_root);
    }

    private void Issue(TestAuthority authority, string name)
    {
        using var certificate = authority.Issue(name);
        File.WriteAllText(Path.Combine(_root, $"{name}.pem"), certificate.ExportCertificatePem());
        using var key = certificate.GetECDsaPrivateKey() ?? throw new CryptographicException("The authority issues keys of another kind.");
        File.WriteAllText(Path.Combine(_root, $"{name}.key.pem"), key.ExportPkcs8PrivateKeyPem());
    }
}

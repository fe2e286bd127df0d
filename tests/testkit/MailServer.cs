using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Chaperone.TestKit;

/// <summary>A mail server on a loopback port (RFC 5321, STARTTLS of RFC 3207, AUTH PLAIN of RFC 4954) that takes mail over TLS, from one account, and keeps it.</summary>
public sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly X509Certificate2 _certificate;
    private readonly string _login;
    private Task _running = Task.CompletedTask;

    private MailServer(X509Certificate2 certificate, string user, string password)
    {
        _certificate = certificate;
        _login = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{user}\0{password}"));
    }

    /// <summary>Where it listens.</summary>
    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The certificate, which is its own authority, as PEM.</summary>
    public string AuthorityPem => _certificate.ExportCertificatePem();

    /// <summary>Mail taken, as it came.</summary>
    public ConcurrentQueue<string> Mails { get; } = new();

    /// <summary>False: STARTTLS is not offered, as if somebody in between had taken it out.</summary>
    public bool OffersTls { get; set; } = true;

    /// <summary>How many of the next mails are refused for now.</summary>
    public int Refusals { get; set; }

    /// <summary>Starts it with a certificate for <paramref name="host"/>.</summary>
    public static MailServer Start(string user, string password, string host = "localhost")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        var server = new MailServer(request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1)), user, password);
        server._listener.Start();
        server._running = server.AcceptAsync();
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _running;
        _certificate.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                await ServeAsync(client.GetStream());
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or AuthenticationException)
            {
                // The client hung up, or refused our certificate, or the test is over.
            }
        }
    }

    private async Task ServeAsync(Stream stream)
    {
        var (secure, known) = (false, false);
        await SayAsync(stream, "220 localhost ESMTP");
        while (await ReadAsync(stream) is { } line)
        {
            var verb = line.Split(' ')[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO":
                    await SayAsync(stream, secure ? "250-localhost\r\n250 AUTH PLAIN" : OffersTls ? "250-localhost\r\n250 STARTTLS" : "250 localhost");
                    break;
                case "STARTTLS" when OffersTls && !secure:
                    await SayAsync(stream, "220 go");
                    var tls = new SslStream(stream);
                    await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _end.Token);
                    (stream, secure) = (tls, true);
                    break;
                case "AUTH" when secure:
                    known = line == $"AUTH PLAIN {_login}";
                    await SayAsync(stream, known ? "235 ok" : "535 no");
                    break;
                case "MAIL" or "RCPT" when !known:
                    await SayAsync(stream, "530 sign in first");
                    break;
                case "DATA" when known:
                    await TakeAsync(stream);
                    break;
                case "QUIT":
                    await SayAsync(stream, "221 bye");
                    return;
                default:
                    await SayAsync(stream, verb is "MAIL" or "RCPT" or "RSET" or "NOOP" ? "250 ok" : "502 no");
                    break;
            }
        }
    }

    private async Task TakeAsync(Stream stream)
    {
        await SayAsync(stream, "354 go on");
        var mail = new StringBuilder();
        while (await ReadAsync(stream) is { } line && line != ".")
        {
            mail.Append(line.StartsWith('.') ? line[1..] : line).Append('\n');
        }

        if (Refusals > 0)
        {
            Refusals--;
            await SayAsync(stream, "451 later");
            return;
        }

        Mails.Enqueue(mail.ToString());
        await SayAsync(stream, "250 taken");
    }

    private Task SayAsync(Stream stream, string line) => stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), _end.Token).AsTask();

    private async Task<string?> ReadAsync(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _end.Token) == 1)
        {
            if (one[0] == '\n')
            {
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(one[0]);
        }

        return null;
    }
}

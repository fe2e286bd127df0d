using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace Chaperone.TestKit;

/// <summary>Speaks TLS on a loopback port before a server that does not. Its certificate can be changed while connections are in use, as by a renewal on disk.</summary>
public sealed class TlsFront : IAsyncDisposable
{
    // PostgreSQL, "SSL Session Encryption" and "GSSAPI Session Encryption": eight bytes, answered by one letter.
    private const int SslRequest = 80877103;
    private const int GssRequest = 80877104;

    private readonly TcpListener _listener = new(IPAddress.Loopback, PrivatePorts.Take());
    private readonly CancellationTokenSource _end = new();
    private readonly int _target;
    private readonly bool _isPostgres;
    private readonly Task _accepting;
    private volatile X509Certificate2 _certificate;
    private CancellationTokenSource _links = new();

    private TlsFront(int target, X509Certificate2 certificate, bool isPostgres)
    {
        (_target, _certificate, _isPostgres) = (target, certificate, isPostgres);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients connect.</summary>
    public int Port { get; }

    /// <summary>Starts before a server on a loopback port; with <paramref name="isPostgres"/> clients ask for TLS first, as PostgreSQL's do.</summary>
    public static TlsFront Start(int target, X509Certificate2 certificate, bool isPostgres = false) => new(target, certificate, isPostgres);

    /// <summary>Shows <paramref name="certificate"/> at each handshake from now on; connections in use stay.</summary>
    public void Show(X509Certificate2 certificate) => _certificate = certificate;

    /// <summary>Ends the connections in use; new ones are taken.</summary>
    public void Cut()
    {
        using var old = Interlocked.Exchange(ref _links, new CancellationTokenSource());
        old.Cancel();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        Cut();
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
        _links.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync(_end.Token), _links.Token);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(Socket client, CancellationToken cut)
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        await using var plain = new NetworkStream(client, ownsSocket: true);
        await using var outer = new SslStream(plain, leaveInnerStreamOpen: true);
        try
        {
            if (_isPostgres)
            {
                await AgreeAsync(plain, cut);
            }

            await outer.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, cut);
            await server.ConnectAsync(IPAddress.Loopback, _target, cut);
            await using var inner = new NetworkStream(server, ownsSocket: false);
            using var over = CancellationTokenSource.CreateLinkedTokenSource(cut);
            var ways = new[] { outer.CopyToAsync(inner, over.Token), inner.CopyToAsync(outer, over.Token) };
            await Task.WhenAny(ways);
            await over.CancelAsync();
            await Task.WhenAll(ways);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // One end is gone, or was cut.
        }
    }

    private static async Task AgreeAsync(NetworkStream stream, CancellationToken cut)
    {
        var request = new byte[8];
        while (true)
        {
            await stream.ReadExactlyAsync(request, cut);
            var code = BinaryPrimitives.ReadInt32BigEndian(request.AsSpan(4));
            await stream.WriteAsync(code == SslRequest ? "S"u8.ToArray() : "N"u8.ToArray(), cut);
            if (code != GssRequest)
            {
                return;
            }
        }
    }
}

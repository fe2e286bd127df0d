using System.Net.Security;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Chaperone.Bus.Tls;

namespace Chaperone.Recorder.Siem;

/// <summary>
/// One connection to the collector. Syslog has no acknowledgements, so this one knows what TCP knows: whether the collector's
/// machine took all bytes, and whether the connection still stands. For one user at a time.
/// </summary>
internal sealed class SyslogConnection : IAsyncDisposable
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(5);
    private const int OutgoingBytes = 0x5411;

    private readonly Socket _socket;
    private readonly Stream _stream;
    private readonly TimeProvider _time;
    private readonly Task _ended;

    private SyslogConnection(Socket socket, Stream stream, TimeProvider time)
    {
        _socket = socket;
        _stream = stream;
        _time = time;
        _ended = ReadToEndAsync();
    }

    /// <summary>False once the collector closed or the network broke.</summary>
    public bool IsOpen => !_ended.IsCompleted;

    /// <exception cref="IOException">The collector is away or shows a certificate that is not trusted.</exception>
    public static async Task<SyslogConnection> OpenAsync(SyslogOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(ConnectLimit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 15);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
            await socket.ConnectAsync(options.Host!, options.Port, both.Token);
            Stream stream = new NetworkStream(socket, ownsSocket: true);
            if (options.Tls)
            {
                stream = await EncryptAsync(stream, options, both.Token);
            }

            return new SyslogConnection(socket, stream, time);
        }

        // Whatever it was, nobody else will close the socket.
        catch (Exception e)
        {
            socket.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw e is SocketException or AuthenticationException or OperationCanceledException ? new IOException(e.Message, e) : e;
        }
    }

    /// <summary>Sends messages and returns when the collector's machine has taken all their bytes.</summary>
    /// <exception cref="IOException">It did not, in time or ever.</exception>
    public async Task SendAsync(ReadOnlyMemory<byte> messages, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(SendLimit, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _stream.WriteAsync(messages, both.Token);
            await _stream.FlushAsync(both.Token);
            while (Unacknowledged() > 0)
            {
                await Task.Delay(LookEvery, _time, both.Token);
            }
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new IOException($"The collector did not take messages within {SendLimit.TotalSeconds:0} s.", e);
        }

        if (!IsOpen)
        {
            throw new IOException("The collector closed the connection.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stream.DisposeAsync();
        await _ended;
    }

    private static async Task<SslStream> EncryptAsync(Stream stream, SyslogOptions options, CancellationToken cancellationToken)
    {
        var tls = new SslStream(stream);
        var terms = new SslClientAuthenticationOptions { TargetHost = options.Host!, EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13 };
        if (options.CaFile is { } authority)
        {
            terms.RemoteCertificateValidationCallback = new PinnedAuthority(authority).Accepts;
        }

        if (options.CertificateFile is { } file)
        {
            terms.ClientCertificates = [X509Certificate2.CreateFromPemFile(file, options.CertificateKeyFile)];
        }

        try
        {
            await tls.AuthenticateAsClientAsync(terms, cancellationToken);
            return tls;
        }

        // Whatever it was, nobody else will close the stream.
        catch
        {
            await tls.DisposeAsync();
            throw;
        }
    }

    // A collector says nothing: whatever comes of reading, its end is the connection's.
    private async Task ReadToEndAsync()
    {
        var ignored = new byte[256];
        try
        {
            while (await _stream.ReadAsync(ignored) > 0)
            {
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException)
        {
        }
    }

    // Bytes that the other machine has not acknowledged yet (Linux); elsewhere only the standing connection speaks for them.
    private int Unacknowledged() =>
        OperatingSystem.IsLinux() && IsOpen && Ioctl((int)_socket.Handle, OutgoingBytes, out var bytes) == 0 ? bytes : 0;

    [DllImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static extern int Ioctl(int descriptor, nuint request, out int value);
}

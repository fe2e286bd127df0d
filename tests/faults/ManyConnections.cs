using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Chaperone.Faults;

/// <summary>Clients that want nothing but the server's patience: idle connections, and requests that come a byte at a time (slow-loris).</summary>
internal sealed class ManyConnections : IAsyncDisposable
{
    private static readonly byte[] Request = Encoding.ASCII.GetBytes("POST /mcp/echo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\nX-Slow: " + new string('a', 4000));
    private readonly List<Socket> _sockets = [];
    private readonly CancellationTokenSource _end = new();
    private Task _dripping = Task.CompletedTask;

    public int Count => _sockets.Count;

    /// <summary>Opens <paramref name="idle"/> connections that say nothing and <paramref name="slow"/> that say a byte every 100 ms.</summary>
    public async Task OpenAsync(string url, int idle, int slow)
    {
        var target = new IPEndPoint(IPAddress.Loopback, new Uri(url).Port);
        for (var i = 0; i < idle + slow; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _sockets.Add(socket);
            await socket.ConnectAsync(target);
        }

        _dripping = DripAsync([.. _sockets.TakeLast(slow)]);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _dripping;
        _sockets.ForEach(s => s.Dispose());
        _end.Dispose();
    }

    private async Task DripAsync(Socket[] sockets)
    {
        for (var i = 0; i < Request.Length && !_end.IsCancellationRequested; i++)
        {
            foreach (var socket in sockets)
            {
                try
                {
                    await socket.SendAsync(Request.AsMemory(i, 1));
                }
                catch (SocketException)
                {
                    // The server had enough of it: good.
                }
            }

            await Task.Delay(100, CancellationToken.None);
        }
    }
}

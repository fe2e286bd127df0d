using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Chaperone.TestKit;

/// <summary>Loopback ports for servers that tests start.</summary>
public static class PrivatePorts
{
    // Below the range the kernel hands to outgoing connections: a client that dials a port of that range while its
    // server is down can be connected to itself, and the restarted server then cannot bind.
    private const int First = 15000;
    private const int Last = 31000;

    /// <summary>A port nobody listens on now.</summary>
    public static int Take()
    {
        while (true)
        {
            var port = RandomNumberGenerator.GetInt32(First, Last);
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException)
            {
                // Taken: try another.
            }
        }
    }
}

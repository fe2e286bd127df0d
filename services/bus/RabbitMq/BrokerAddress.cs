using Microsoft.Extensions.Options;
using RabbitMQ.Client;

namespace Chaperone.Bus.RabbitMq;

/// <summary>Where the broker is and how to sign in. TLS (<c>amqps</c>) trusts the system's authorities.</summary>
internal sealed class BrokerAddress(IOptions<BusOptions> options)
{
    private readonly BusOptions _options = options.Value;

    public Uri Uri => _options.Uri!;

    public string User => _options.User;

    public bool UsesTls => Uri.Scheme == "amqps";

    public ushort Port => (ushort)(Uri.Port > 0 ? Uri.Port : UsesTls ? 5671 : 5672);

    public string VirtualHost => Uri.AbsolutePath.Length > 1 ? System.Uri.UnescapeDataString(Uri.AbsolutePath[1..]) : "/";

    /// <summary>The password as the file holds it now, so that a rotated one is taken at the next connection.</summary>
    public string ReadPassword() => File.ReadAllText(_options.PasswordFile!).TrimEnd('\r', '\n');

    /// <summary>Connects once; recovery is <see cref="BrokerLink"/>'s, which also knows what to fail meanwhile.</summary>
    public Task<IConnection> ConnectAsync(string purpose, CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory
        {
            HostName = Uri.Host,
            Port = Port,
            VirtualHost = VirtualHost,
            UserName = User,
            Password = ReadPassword(),
            ClientProvidedName = $"chaperone {purpose}",
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedConnectionTimeout = TimeSpan.FromSeconds(3),
            RequestedHeartbeat = TimeSpan.FromSeconds(10),
            HandshakeContinuationTimeout = TimeSpan.FromSeconds(5),
            ContinuationTimeout = TimeSpan.FromSeconds(10),
            MaxInboundMessageBodySize = uint.MaxValue,
        };
        factory.Ssl.Enabled = UsesTls;
        factory.Ssl.ServerName = Uri.Host;
        return factory.CreateConnectionAsync(cancellationToken);
    }
}

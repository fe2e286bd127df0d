namespace Chaperone.Bus.RabbitMq;

/// <summary>What one connection to the broker is for. A <see cref="BrokerLink"/> keeps it connected.</summary>
internal interface IBrokerUser
{
    /// <summary>For logs, health and the broker's own list of connections, e.g. <c>journal</c>.</summary>
    string Purpose { get; }

    /// <summary>Opens channels, declares what it needs and begins; throwing means that the connection is of no use now.</summary>
    Task OpenAsync(BrokerSession session, CancellationToken cancellationToken);

    /// <summary>The process is about to end: take no more, finish what was taken. The session is still up.</summary>
    Task DrainAsync(BrokerSession session);

    /// <summary>The session is gone: fail whoever waits on it. Also called when <see cref="OpenAsync"/> threw.</summary>
    void Lost();
}

namespace Chaperone.TestKit;

/// <summary>How the rooms are put together.</summary>
public enum GatewayForm
{
    /// <summary>All rooms in one process on SQLite.</summary>
    Embedded = 0,

    /// <summary>Each room its own process over RabbitMQ and PostgreSQL, workers twice.</summary>
    RabbitMq = 1,
}

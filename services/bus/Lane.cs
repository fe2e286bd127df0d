namespace Chaperone.Bus;

/// <summary>Which road a pair of messages takes on RabbitMQ.</summary>
public enum Lane
{
    /// <summary>Approvals, console queries, events: rare and small.</summary>
    Cold = 0,

    /// <summary>On the path of every call: non-durable, lean, direct reply-to.</summary>
    Hot = 1,
}

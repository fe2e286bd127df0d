using System.ComponentModel.DataAnnotations;

namespace Chaperone.Bus;

/// <summary>Settings under <c>Bus</c> (environment <c>CHAPERONE_Bus__...</c>).</summary>
public sealed class BusOptions
{
    /// <summary><c>InProcess</c> (default): all rooms in this process. <c>RabbitMq</c>: rooms are separate processes.</summary>
    public BusTransport Transport { get; set; } = BusTransport.InProcess;

    /// <summary>AMQP URI without credentials, e.g. <c>amqp://rabbitmq:5672/chaperone</c>; needed for RabbitMq.</summary>
    public Uri? Uri { get; set; }

    /// <summary>Broker user; default <c>chaperone</c>.</summary>
    public string User { get; set; } = "chaperone";

    /// <summary>File that holds the broker password, so that it is in no environment or argument list.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>File with the payload keys; created with owner-only rights on first run. Default <c>data/keys/bus.key</c>.</summary>
    [Required]
    public string KeyFile { get; set; } = Path.Combine("data", "keys", "bus.key");

    /// <summary>Longest wait for policy and masking; default 2 s. A call is refused after it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan HotTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Longest wait for approval, recorder queries and events; default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan ColdTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest wait until a record is durable; default 2 s. Nothing is served after it.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan JournalTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>RabbitMq: messages of hot requests of one kind (of up to 16 requests each) that a worker process takes at once, 1 to 2,000; default 64. More waits in the broker for other workers.</summary>
    [Range(1, 2000)]
    public int Prefetch { get; set; } = 64;

    /// <summary>RabbitMq: largest message in bytes, 64 KiB to 128 MiB; default 16 MiB, which is what RabbitMQ 4 takes. A larger one is refused before it is sent, so the call is.</summary>
    [Range(1 << 16, 1 << 27)]
    public int MaxMessageBytes { get; set; } = 16 << 20;

    /// <summary>RabbitMq: bytes of records that may wait for the recorder, 1 MiB or more; default 4 GiB. When it is full, calls are refused. Changing it needs the queue to be made anew, or a broker policy.</summary>
    [Range(1L << 20, long.MaxValue)]
    public long RecordsMaxBytes { get; set; } = 4L << 30;
}

/// <summary>How rooms reach each other.</summary>
public enum BusTransport
{
    /// <summary>All rooms in this process.</summary>
    InProcess = 0,

    /// <summary>Rooms are processes, joined by RabbitMQ.</summary>
    RabbitMq = 1,
}

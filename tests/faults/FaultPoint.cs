using Chaperone.TestKit;

namespace Chaperone.Faults;

/// <summary>One way in which the world goes wrong.</summary>
internal sealed record FaultPoint
{
    /// <summary>What happens, as the table says it.</summary>
    public required string Name { get; init; }

    /// <summary>The form it happens to.</summary>
    public GatewayForm Form { get; init; } = GatewayForm.RabbitMq;

    /// <summary>What it needs beside Chaperone.</summary>
    public StageKind Stage { get; init; }

    /// <summary>Makes it happen.</summary>
    public required Func<FaultStage, CancellationToken, Task> InjectAsync { get; init; }

    /// <summary>Takes it away again, as the network, an operator or a supervisor would: nothing else is touched.</summary>
    public required Func<FaultStage, CancellationToken, Task> MendAsync { get; init; }

    /// <summary>How long it lasts.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>The process that clients are connected to dies, so their connections do.</summary>
    public bool CutsClients { get; init; }

    /// <summary>Records that were durable are taken away on purpose: the ledger must tell of it by gaps.</summary>
    public bool TakesRecords { get; init; }
}

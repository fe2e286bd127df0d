namespace Chaperone.Bus.RabbitMq;

/// <summary>The answer of a cold door that threw: a fault of MassTransit's own would carry the exception's text, which may quote a payload.</summary>
public sealed record DoorFailed
{
    /// <summary>The exception's type, or the PHI-free text of a <see cref="BusUnavailableException"/>.</summary>
    public required string Reason { get; init; }
}

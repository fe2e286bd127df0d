namespace Chaperone.Bus;

/// <summary>Whether the bus can carry messages now; used by readiness.</summary>
public interface IBusHealth
{
    /// <summary>Null when all is well, else one PHI-free sentence.</summary>
    string? Problem { get; }
}

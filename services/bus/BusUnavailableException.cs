namespace Chaperone.Bus;

/// <summary>A message got no answer: the broker or the room behind it is away, slow or broken.</summary>
public sealed class BusUnavailableException : Exception
{
    /// <summary>Creates it with a PHI-free message that names the room.</summary>
    public BusUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>Creates it with a PHI-free message and the cause.</summary>
    public BusUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }

    /// <summary>Creates it without words.</summary>
    public BusUnavailableException()
    {
    }
}

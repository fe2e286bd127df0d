namespace Chaperone.Policy.Pins;

/// <summary>The store of the pins cannot be reached: no list and no call that they concern may pass.</summary>
internal sealed class PinsUnavailableException(string message, Exception inner) : Exception(message, inner);

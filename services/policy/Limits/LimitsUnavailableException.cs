namespace Chaperone.Policy.Limits;

/// <summary>The store of the limits cannot be reached; nothing that they count may pass.</summary>
internal sealed class LimitsUnavailableException(string message, Exception inner) : Exception(message, inner);

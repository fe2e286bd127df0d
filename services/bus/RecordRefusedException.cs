namespace Chaperone.Bus;

/// <summary>
/// Some entries can never be kept: a part does not open, or the entry breaks the contract. Every other entry of the same
/// call IS kept, so only <see cref="EventIds"/> must not be acknowledged; delivering them again will not help.
/// </summary>
public sealed class RecordRefusedException : Exception
{
    /// <summary>Creates it for the entries that were refused.</summary>
    public RecordRefusedException(IReadOnlyList<Guid> eventIds)
        : base($"{eventIds.Count} record(s) cannot be kept: a part does not open, or the record is malformed.") =>
        EventIds = eventIds;

    /// <summary>Creates it with a PHI-free message.</summary>
    public RecordRefusedException(string message)
        : base(message) => EventIds = [];

    /// <summary>Creates it with a PHI-free message and the cause.</summary>
    public RecordRefusedException(string message, Exception inner)
        : base(message, inner) => EventIds = [];

    /// <summary>Creates it without words.</summary>
    public RecordRefusedException() => EventIds = [];

    /// <summary>The entries that were refused.</summary>
    public IReadOnlyList<Guid> EventIds { get; }
}

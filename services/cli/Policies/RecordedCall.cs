using Chaperone.Contracts;

namespace Chaperone.Cli.Policies;

/// <summary>A call that was recorded.</summary>
/// <param name="Call">Its facts.</param>
/// <param name="Message">Its JSON-RPC message; null where the record has none.</param>
/// <param name="IsMasked">True when the message is the masked one: conditions on arguments may see less than was there.</param>
/// <param name="BreakGlass">The break-glass window that it was decided under; null where none made a difference, and where that is not said.</param>
internal sealed record RecordedCall(CallFacts Call, byte[]? Message, bool IsMasked, Guid? BreakGlass = null);

using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Policy.Pins;

namespace Chaperone.Policy;

/// <summary>Takes an admin's answer about a tool; the reply means that it is recorded and in force.</summary>
internal sealed class DecideToolDoor(PinDesk pins) : IDoor<DecideTool, ToolDecided>
{
    /// <inheritdoc/>
    public ValueTask<ToolDecided> AnswerAsync(DecideTool request, CancellationToken cancellationToken) => pins.DecideAsync(request, cancellationToken);
}

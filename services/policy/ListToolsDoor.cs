using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Policy.Pins;

namespace Chaperone.Policy;

/// <summary>Shows the console which tools servers have shown.</summary>
internal sealed class ListToolsDoor(PinDesk pins) : IDoor<ListTools, ToolPage>
{
    /// <inheritdoc/>
    public ValueTask<ToolPage> AnswerAsync(ListTools request, CancellationToken cancellationToken) => pins.ListAsync(request, cancellationToken);
}

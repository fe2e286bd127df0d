using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Policy.BreakGlass;
using Chaperone.Policy.Reloading;

namespace Chaperone.Policy;

/// <summary>Shows the console how break-glass stands.</summary>
internal sealed class ReadBreakGlassDoor(PolicyKeeper keeper, BreakGlassDesk desk) : IDoor<ReadBreakGlass, BreakGlassReport>
{
    /// <inheritdoc/>
    public ValueTask<BreakGlassReport> AnswerAsync(ReadBreakGlass request, CancellationToken cancellationToken) =>
        desk.ReadAsync(request, keeper.Current.Document.BreakGlass, cancellationToken);
}

using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Policy.BreakGlass;
using Chaperone.Policy.Reloading;

namespace Chaperone.Policy;

/// <summary>Opens, closes and signs off break-glass windows; the reply means that it is recorded and in force.</summary>
internal sealed class ChangeBreakGlassDoor(PolicyKeeper keeper, BreakGlassDesk desk) : IDoor<ChangeBreakGlass, BreakGlassChanged>
{
    /// <inheritdoc/>
    public ValueTask<BreakGlassChanged> AnswerAsync(ChangeBreakGlass request, CancellationToken cancellationToken) =>
        desk.ChangeAsync(request, keeper.Current.Document.BreakGlass, keeper.Current.Document.Digest, cancellationToken);
}

using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.Approval.Doors;

/// <summary>Shows what a held call really says, recorded first.</summary>
internal sealed class RevealArgumentsDoor(Revealer revealer) : IDoor<RevealArguments, ArgumentsRevealed>
{
    public async ValueTask<ArgumentsRevealed> AnswerAsync(RevealArguments request, CancellationToken cancellationToken) =>
        await revealer.RevealAsync(request, cancellationToken);
}

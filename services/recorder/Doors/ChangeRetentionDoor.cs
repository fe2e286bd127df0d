using Chaperone.Bus;
using Chaperone.Contracts;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Retention;
using Chaperone.Recorder.Sequencing;

namespace Chaperone.Recorder.Doors;

/// <summary>Takes what people decide about holds and destruction.</summary>
internal sealed class ChangeRetentionDoor(LedgerOpening opening, KeyStore keys, RetentionDesk desk) : IDoor<ChangeRetention, RetentionChanged>
{
    public async ValueTask<RetentionChanged> AnswerAsync(ChangeRetention request, CancellationToken cancellationToken)
    {
        await opening.EnsureOpenAsync(cancellationToken);
        await keys.OpenAsync(cancellationToken);
        var problem = await desk.ChangeAsync(request, cancellationToken);
        return new RetentionChanged { Done = problem is null, Problem = problem };
    }
}

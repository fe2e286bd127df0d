using Chaperone.Approval.Store;
using Chaperone.Bus;
using Chaperone.Contracts;
using Microsoft.Extensions.Options;

namespace Chaperone.Approval;

/// <summary>
/// Shows a person what a held call really says, as an act of its own:
/// <list type="number">
/// <item>Only members of the groups that <c>Approval:Reveal</c> names, with a reason; any other attempt is recorded as refused.</item>
/// <item>Who, when and why is durable in the journal; if that fails nothing is shown.</item>
/// <item>The message is read from the record of the call's intent, where it lies sealed.</item>
/// </list>
/// </summary>
internal sealed class Revealer(
    CaseStore cases, StepOutbox outbox, IAsk<ReadRequest, RequestRead> recorder, IOptions<ApprovalOptions> options, TimeProvider time)
{
    private const int LongestReason = 1000;

    /// <exception cref="BusUnavailableException">It could not be recorded, or the recorder is away: nothing is shown.</exception>
    public async Task<ArgumentsRevealed> RevealAsync(RevealArguments asked, CancellationToken cancellationToken)
    {
        var reason = asked.Reason.Trim();
        var problem = !asked.Person.IsNamed() ? Sentences.NoIdentity
            : options.Value.Reveal.Length == 0 ? Sentences.RevealIsOff
            : !options.Value.Reveal.Intersect(asked.Person.Groups, StringComparer.Ordinal).Any() ? Sentences.MayNotReveal
            : reason.Length == 0 ? Sentences.RevealNeedsReason
            : reason.Length > LongestReason ? Sentences.ReasonTooLong
            : null;
        Guid? record = null;
        var found = ApprovalNumber.TryParse(asked.ApprovalId, out var number)
            ? await cases.WorkAsync(
                number, time.GetUtcNow(), TimeSpan.Zero, file => record = file.Reveal(asked.Person, problem is null ? reason : null, problem), cancellationToken)
            : null;
        if (found is null || record is null)
        {
            return new ArgumentsRevealed { Problem = Sentences.NotFound(asked.ApprovalId) };
        }

        await outbox.SettleAsync(number, cancellationToken);
        if (problem is not null)
        {
            return new ArgumentsRevealed { Problem = problem };
        }

        var call = found.Call;
        var read = await recorder.AskAsync(
            new ReadRequest { SessionId = call.SessionId, CallId = call.CallId, RevealEventId = record.Value }, cancellationToken);
        return read.Message is { } message
            ? new ArgumentsRevealed { Message = message }
            : new ArgumentsRevealed { Problem = Sentences.NotInTheLedgerYet };
    }
}

using Chaperone.Approval.Store;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Microsoft.Extensions.Options;

namespace Chaperone.Approval;

/// <summary>
/// The desk where people ask and answer. Every act runs the same way:
/// <list type="number">
/// <item>Under the row's lock <see cref="CaseFile"/> decides what happens.</item>
/// <item>The change and its records are committed together (outbox).</item>
/// <item>The records are made durable in the journal; if that fails nobody is answered, and a claim is not granted.</item>
/// <item>The edges hear of a final state.</item>
/// <item>The asker is answered.</item>
/// </list>
/// A crash after 2 loses nothing: whoever touches the request next, or the sweep, goes on at 3.
/// </summary>
internal sealed class ApprovalDesk(
    CaseStore cases, StepOutbox outbox, IPayloadSeal seal, IDeskBell bell, IOptions<ApprovalOptions> options, TimeProvider time)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(24);

    // The store keeps milliseconds: what is answered now must equal what is read after a restart.
    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Opens a request, joins the one already open, or repeats an answer that still stands. A call that asked before is told where its request stands.</summary>
    /// <exception cref="ArgumentException">The message names nobody, or no binding.</exception>
    public async Task<ApprovalStatus> RequestAsync(RequestApproval asked, CancellationToken cancellationToken)
    {
        RequireBinding(asked);
        var now = Now;
        if (await FindEarlierAsync(asked, cancellationToken) is { } earlier)
        {
            // The waiting edge looks again. Opening a new request here would ask people about a call that was refused, lapsed or made.
            var stands = earlier.HasLapsed(now) ? await WorkAsync(earlier.Number, now, file => file.Lapse(), cancellationToken) : earlier;
            await outbox.SettleAsync(earlier.Number, cancellationToken);
            return (stands ?? earlier).StatusAt(now);
        }

        var wait = TimeSpan.FromTicks(Math.Clamp(asked.Requirement.ExpiresAfter.Ticks, ShortestWait.Ticks, LongestWait.Ticks));
        var draft = new CaseDraft
        {
            Call = asked.Call,
            BindingDigest = asked.BindingDigest,
            ToolDefinitionDigest = asked.ToolDefinitionDigest,
            Decision = asked.Decision,
            Requirement = asked.Requirement with { Approvals = Math.Max(1, asked.Requirement.Approvals) },
            GrantLifetime = options.Value.GrantLifetime,
            RequestedAt = now,
            ExpiresAt = now + wait,
            MaskedRequest = seal.Open(asked.MaskedRequest, asked.Call.CallId),
        };
        var opened = await cases.OpenAsync(draft, now, cancellationToken);
        if (opened.Lapsed is { } lapsed)
        {
            await outbox.SettleAsync(lapsed, cancellationToken);
        }

        await outbox.SettleAsync(opened.Case.Number, cancellationToken);
        if (opened.IsNew)
        {
            bell.ExpireAt(opened.Case.Number, opened.Case.ExpiresAt);
            bell.NotifySoon(opened.Case.Number);
        }

        return opened.Case.StatusAt(now);
    }

    /// <summary>Uses a grant up. Granted to exactly one claim, and only once its release is durable.</summary>
    public async Task<ApprovalClaimed> ClaimAsync(ClaimApproval claim, CancellationToken cancellationToken)
    {
        var now = Now;
        if (!ApprovalNumber.TryParse(claim.ApprovalId, out var number))
        {
            return Unknown(claim.ApprovalId, now);
        }

        var mine = false;
        string? problem = null;
        var found = await WorkAsync(
            number,
            now,
            file =>
            {
                mine = claim.Call.Principal.IsSamePerson(file.Start.Call.Principal);
                problem = file.Claim(claim);
            },
            cancellationToken);
        if (found is null)
        {
            return Unknown(claim.ApprovalId, now);
        }

        try
        {
            await outbox.SettleAsync(number, cancellationToken);
        }
        catch (BusUnavailableException) when (problem is null)
        {
            // The grant is spent and its release may or may not be in the ledger: the call must not be made. The ledger
            // will hold "released" followed by "refused", so that nobody takes it for a call.
            await WorkAsync(number, now, file => file.Disown(claim), cancellationToken);
            problem = Sentences.ReleaseNotRecorded(found.Id);
        }

        Settled(found);

        // Somebody else's request is none of the caller's business, not even that it exists.
        return mine
            ? new ApprovalClaimed { Granted = problem is null, Status = found.StatusAt(now), Problem = problem }
            : Unknown(claim.ApprovalId, now);
    }

    /// <summary>Takes the requester's own request, or unused grant, back; changes nothing for anybody else.</summary>
    public async Task<ApprovalStatus> WithdrawAsync(WithdrawApproval withdraw, CancellationToken cancellationToken)
    {
        var now = Now;
        var mine = false;
        var found = ApprovalNumber.TryParse(withdraw.ApprovalId, out var number)
            ? await WorkAsync(number, now, file => mine = file.Withdraw(withdraw.Call.Principal, withdraw.Call), cancellationToken)
            : null;
        if (found is null)
        {
            return Unknown(withdraw.ApprovalId, now).Status;
        }

        await outbox.SettleAsync(number, cancellationToken);
        bell.NotifySoon(number);
        Settled(found);
        return mine ? found.StatusAt(now) : Unknown(withdraw.ApprovalId, now).Status;
    }

    /// <summary>Counts a person's answer, or says why it does not count.</summary>
    public async Task<ApprovalAnswered> DecideAsync(DecideApproval answer, CancellationToken cancellationToken)
    {
        var now = Now;
        string? problem = null;
        var found = ApprovalNumber.TryParse(answer.ApprovalId, out var number)
            ? await WorkAsync(number, now, file => problem = file.Answer(answer), cancellationToken)
            : null;
        if (found is null)
        {
            return new ApprovalAnswered { Accepted = false, Problem = Sentences.NotFound(answer.ApprovalId) };
        }

        await outbox.SettleAsync(number, cancellationToken);
        if (problem is null || found.State != ApprovalState.Pending)
        {
            bell.NotifySoon(number);
        }

        if (found.State == ApprovalState.Approved)
        {
            bell.ExpireAt(number, found.ExpiresAt);
        }

        Settled(found);

        return new ApprovalAnswered { Accepted = problem is null, Problem = problem, Status = found.StatusAt(now) };
    }

    /// <summary>Records that somebody who is nobody to us tried to answer.</summary>
    public async Task RefuseStrangerAsync(long number, string channel, string who, CancellationToken cancellationToken)
    {
        await WorkAsync(number, Now, file => file.RefuseStranger(channel, who), cancellationToken);
        await outbox.SettleAsync(number, cancellationToken);
    }

    /// <summary>Uses a card's link up. False if it was used before; the request is the same one either way.</summary>
    public async Task<bool> OpenLinkAsync(CardLink link, Principal person, CancellationToken cancellationToken)
    {
        var first = await cases.LinkUsedAsync(link, person, Now, cancellationToken);
        await outbox.SettleAsync(link.Number, cancellationToken);
        return first;
    }

    /// <summary>Notes that an approver looks at an open request. The note is durable when this returns, and in the journal as soon as that takes it.</summary>
    public async Task<bool> SeeAsync(SeeApproval look, CancellationToken cancellationToken)
    {
        if (!ApprovalNumber.TryParse(look.ApprovalId, out var number) || !look.Person.IsNamed() || look.Channel != "console")
        {
            return false;
        }

        var recorded = await cases.SeenAsync(number, look.Person, look.Channel, Now, cancellationToken);
        if (recorded)
        {
            await outbox.SettleAsync(number, cancellationToken);
        }

        return recorded;
    }

    /// <summary>One page of requests; a lapsed one is shown as expired even before that is written down.</summary>
    public async Task<ApprovalPage> ListAsync(ListApprovals wanted, CancellationToken cancellationToken)
    {
        var now = Now;
        var (total, page) = await cases.ListAsync(wanted, now, cancellationToken);
        return new ApprovalPage { Total = total, Items = [.. page.Select(shown => Item(shown, now))] };
    }

    private void Settled(ApprovalCase found)
    {
        if (found.State is not (ApprovalState.Pending or ApprovalState.Approved))
        {
            bell.Settled(found.Number);
        }
    }

    /// <summary>Closes a request or grant whose time is over; does nothing to any other.</summary>
    public async Task ExpireAsync(long number, CancellationToken cancellationToken)
    {
        await WorkAsync(number, Now, file => file.Lapse(), cancellationToken);
        await outbox.SettleAsync(number, cancellationToken);
        bell.NotifySoon(number);
    }

    /// <summary>Does what was left undone by crashes and outages: closes what has lapsed, then records and announces what is still untold.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        var now = Now;
        foreach (var (number, _) in (await cases.ReadOpenAsync(cancellationToken)).TakeWhile(open => open.ExpiresAt <= now))
        {
            await WorkAsync(number, now, file => file.Lapse(), cancellationToken);
        }

        await outbox.SettleAllAsync(cancellationToken);
    }

    private static ApprovalClaimed Unknown(string id, DateTimeOffset now) => new()
    {
        Granted = false,
        Status = new ApprovalStatus { ApprovalId = id, State = ApprovalState.Expired, ExpiresAt = now },
        Problem = Sentences.NotYours(id),
    };

    private static void RequireBinding(RequestApproval asked)
    {
        if (!asked.Call.Principal.IsNamed())
        {
            throw new ArgumentException("A request for approval must name issuer and subject.", nameof(asked));
        }

        if (asked.BindingDigest.Length != 64 || !asked.BindingDigest.All(char.IsAsciiHexDigitLower))
        {
            throw new ArgumentException("A request for approval must carry a SHA-256 binding in lower-case hex.", nameof(asked));
        }
    }

    private async Task<ApprovalCase?> FindEarlierAsync(RequestApproval asked, CancellationToken cancellationToken)
    {
        var found = ApprovalNumber.TryParse(asked.ApprovalId, out var number)
            ? await cases.FindAsync(number, cancellationToken)
            : await cases.FindByCallAsync(asked.Call.CallId, cancellationToken);
        return found is not null
            && found.Call.Principal.IsSamePerson(asked.Call.Principal)
            && string.Equals(found.BindingDigest, asked.BindingDigest, StringComparison.Ordinal)
            ? found
            : null;
    }

    private ApprovalItem Item(ShownCase shown, DateTimeOffset now) => new()
    {
        Status = shown.Case.StatusAt(now),
        Call = shown.Case.Call,
        Decision = shown.Case.Decision,
        Requirement = shown.Case.Requirement,
        BindingDigest = shown.Case.BindingDigest,
        MaskedRequest = seal.Seal(shown.MaskedRequest, shown.Case.Call.CallId),
        RequestedAt = shown.Case.RequestedAt,
        Votes = [.. shown.Case.Votes],
        History = shown.History,
        GrantUntil = shown.Case.GrantUntil,
        GrantId = shown.Case.GrantId,
    };

    private Task<ApprovalCase?> WorkAsync(long number, DateTimeOffset now, Action<CaseFile> work, CancellationToken cancellationToken) =>
        cases.WorkAsync(number, now, options.Value.GrantLifetime, work, cancellationToken);
}

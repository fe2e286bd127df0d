using Chaperone.Contracts;

namespace Chaperone.Approval;

/// <summary>
/// One request while its row is locked: the whole state machine. Nothing here reads or writes; the store commits what
/// changed together with <see cref="Records"/>, so a step and its record are one commit.
/// <code>
/// Pending -> Approved | Denied | Expired | Withdrawn
/// Approved -> Used | Expired | Withdrawn
/// </code>
/// </summary>
internal sealed class CaseFile(ApprovalCase start, DateTimeOffset now, TimeSpan grantLifetime)
{
    private readonly List<RecordEntry> _records = [];

    /// <summary>As the store holds it.</summary>
    public ApprovalCase Start { get; } = start;

    /// <summary>As it will be.</summary>
    public ApprovalCase Case { get; private set; } = start;

    /// <summary>The answer that came in; null if none counted.</summary>
    public ApprovalVote? NewVote { get; private set; }

    /// <summary>What has to be recorded, in order.</summary>
    public IReadOnlyList<RecordEntry> Records => _records;

    /// <summary>Whether every edge has to hear of it. A grant's use is not announced: the one edge that used it knows.</summary>
    public bool Announces => Case.State != Start.State && Case.State != ApprovalState.Used;

    /// <summary>Whether people who were notified have to hear that no answer is needed any more.</summary>
    public bool ClosesRequest => Start.State == ApprovalState.Pending && Case.State != ApprovalState.Pending;

    /// <summary>Whether further calls may not pass any more.</summary>
    public bool EndsGrant => Start.GrantUntil is not null && Case.GrantUntil is null;

    /// <summary>The first record of a request.</summary>
    public static RecordEntry Asked(ApprovalCase opened, DateTimeOffset now) => Entry(
        opened,
        opened.Call,
        opened.Call.Principal,
        new Step(opened.GrantId is null ? "asked" : "granted", null, null),
        opened.GrantId is { } grant
            ? $"Passes under the grant of {grant}, until {opened.ExpiresAt:O}; tool definition {opened.ToolDefinitionDigest}"
            : $"{opened.Requirement.Approvals} of role {opened.Requirement.Role} until {opened.ExpiresAt:O}; tool definition {opened.ToolDefinitionDigest}",
        now);

    /// <summary>Writes down that time has closed the request, if it has.</summary>
    public bool Lapse()
    {
        if (!Case.HasLapsed(now))
        {
            return false;
        }

        var why = Case.State == ApprovalState.Pending ? "Not enough people answered in time." : "The grant was not used in time.";
        Case = Case with { State = ApprovalState.Expired };
        Record(Case.Call, null, new Step("expired", null, null), why);
        return true;
    }

    /// <summary>Counts a person's answer. Null when it counted, else the sentence for the person; the attempt is recorded either way.</summary>
    public string? Answer(DecideApproval answer)
    {
        Lapse();
        var problem = Ballot.Problem(Case, answer, now);
        if (problem is not null)
        {
            Record(Case.Call, answer.Decider, new Step("refused", Ballot.RecordedChannel(answer), null), problem);
            return problem;
        }

        if (Ballot.EndsGrant(Case, answer, now))
        {
            Record(Case.Call, answer.Decider, new Step("withdrawn", answer.Channel, answer.Reason), "The grant for further calls has ended.");
            Case = Case with { GrantUntil = null };
            return null;
        }

        NewVote = new ApprovalVote
        {
            Decider = answer.Decider,
            Approve = answer.Approve,
            Reason = answer.Reason,
            Channel = answer.Channel,
            DecidedAt = now,
            GrantFor = answer.Approve ? answer.GrantFor : null,
        };
        Case = Case with { Votes = [.. Case.Votes, NewVote] };
        var yes = Case.Votes.Count(v => v.Approve);
        var state = !answer.Approve ? ApprovalState.Denied
            : Seating.IsFull(Case) ? ApprovalState.Approved
            : ApprovalState.Pending;
        if (state != ApprovalState.Pending)
        {
            Case = Case with
            {
                State = state,
                DecidedBy = answer.Decider.Shown(),
                Reason = answer.Reason,
                ExpiresAt = state == ApprovalState.Approved ? now + grantLifetime : Case.ExpiresAt,
                GrantUntil = state == ApprovalState.Approved ? Grants.Until(Case, now) : null,
            };
        }

        Record(
            Case.Call,
            answer.Decider,
            new Step(answer.Approve ? "approved" : "denied", answer.Channel, answer.Reason),
            answer.Approve ? $"{yes} of {Case.Requirement.Approvals}{(Case.Requirement.Seats.Length > 1 ? $": {Seating.Words(Case)}" : "")}" : "One no is enough.");
        return null;
    }

    /// <summary>Uses the grant up for exactly this call. Null when it is the caller's, else the sentence for the caller.</summary>
    public string? Claim(ClaimApproval claim)
    {
        Lapse();
        var problem = !claim.Call.Principal.IsSamePerson(Case.Call.Principal) ? Sentences.NotYours(Case.Id)
            : !string.Equals(claim.BindingDigest, Case.BindingDigest, StringComparison.Ordinal) ? Sentences.OtherCall(Case.Id)
            : Case.State != ApprovalState.Approved ? Sentences.NotClaimable(Case)
            : null;
        if (problem is not null)
        {
            Record(claim.Call, claim.Call.Principal, new Step("refused", null, null), problem);
            return problem;
        }

        Case = Case with { State = ApprovalState.Used };
        Record(claim.Call, claim.Call.Principal, new Step("released", null, null), $"Asked by call {Case.Call.CallId}{(Case.GrantId is { } grant ? $", under the grant of {grant}" : "")}.");
        return null;
    }

    /// <summary>Adds to the record that a release written before was not acted on.</summary>
    public void Disown(ClaimApproval claim) => Record(
        claim.Call, claim.Call.Principal, new Step("refused", null, null), Sentences.ReleaseNotRecorded(Case.Id));

    /// <summary>Takes the request, or its unused grant, back. False for anybody but the requester.</summary>
    public bool Withdraw(Principal person, CallFacts call)
    {
        Lapse();
        if (!person.IsSamePerson(Case.Call.Principal))
        {
            Record(call, person, new Step("refused", null, null), Sentences.NotYours(Case.Id));
            return false;
        }

        if (Case.State is ApprovalState.Pending or ApprovalState.Approved)
        {
            Case = Case with { State = ApprovalState.Withdrawn, GrantUntil = null };
            Record(call, person, new Step("withdrawn", null, null), null);
        }

        return true;
    }

    /// <summary>Writes down that somebody tried to answer who is nobody to us; <paramref name="who"/> is an account and why, without words of a person.</summary>
    public void RefuseStranger(string channel, string who) => Record(Case.Call, null, new Step("refused", channel, null), who);

    /// <summary>Writes down that a person opened the request from a card.</summary>
    public void Seen(Principal person, string channel) => Record(Case.Call, person, new Step("seen", channel, null), null);

    /// <summary>Writes down that a person is shown the original message, or, with a <paramref name="problem"/>, that they are not; the record's event id.</summary>
    public Guid Reveal(Principal person, string? reason, string? problem)
    {
        var step = new Step(problem is null ? "revealed" : "refused", "console", reason);
        var entry = Entry(Case, Case.Call, person, step, problem ?? "The original message is shown.", now);
        _records.Add(problem is null ? entry with { Kind = RecordKind.Reveal } : entry);
        return entry.EventId;
    }

    /// <summary>Writes down that people were told through <paramref name="channel"/>; <paramref name="where"/> names the place there, if it is known.</summary>
    public void Notified(string channel, string? where = null, string step = "notified") =>
        Record(Case.Call, null, new Step(step, channel, null), $"Through {channel}{(where is null ? "" : $" ({where})")}.");

    private static RecordEntry Entry(ApprovalCase about, CallFacts call, Principal? actor, Step step, string? note, DateTimeOffset now) => new()
    {
        EventId = Guid.CreateVersion7(now),
        Kind = RecordKind.Approval,
        OccurredAt = now,
        Source = "approval",
        Call = call,
        Decision = about.Decision,
        Approval = new ApprovalFacts
        {
            ApprovalId = about.Id,
            Step = step.Name,
            BindingDigest = about.BindingDigest,
            Channel = step.Channel,
            Reason = step.Reason,
            GrantId = about.GrantId,
            GrantUntil = about.GrantUntil,
        },
        Actor = actor,
        Note = note,
    };

    private void Record(CallFacts call, Principal? actor, Step step, string? note) =>
        _records.Add(Entry(Case, call, actor, step, note, now));

    private readonly record struct Step(string Name, string? Channel, string? Reason);
}

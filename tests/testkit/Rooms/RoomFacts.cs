using System.Text;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;

namespace Chaperone.TestKit.Rooms;

/// <summary>Made-up facts for <see cref="FakeRooms"/>: requests, sessions, records.</summary>
public sealed class RoomFacts(IPayloadSeal seal, TimeProvider time, string issuer)
{
    private const string Policy = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    /// <summary>The <see cref="Principal"/> of a person of the issuer.</summary>
    public Principal PrincipalOf(TestPerson person) => new()
    {
        Issuer = issuer,
        Subject = person.Subject,
        Name = person.Name,
        Email = person.Email,
        Groups = person.Groups,
        ClientId = "inspector",
    };

    /// <summary>A call of <paramref name="person"/>.</summary>
    public CallFacts Call(TestPerson person, string tool, Guid? session = null) => new()
    {
        CallId = Guid.CreateVersion7(time.GetUtcNow()),
        SessionId = session ?? Guid.CreateVersion7(time.GetUtcNow()),
        Principal = PrincipalOf(person),
        ClientName = "mcp-inspector",
        ClientVersion = "2.12.0",
        ProtocolVersion = "2025-11-25",
        Server = "clinic",
        Method = "tools/call",
        Target = tool,
        RequestId = "7",
        ReceivedAt = time.GetUtcNow(),
    };

    /// <summary>A decision with <paramref name="effect"/>.</summary>
    public static DecisionFacts Decision(CallEffect effect, string rule, string reason) =>
        new() { Effect = effect, Rule = rule, PolicyDigest = Policy, Reason = reason, Masking = "safe-harbor" };

    /// <summary>Text as it crosses the bus.</summary>
    public SealedPayload Seal(string text, Guid callId) => seal.Seal(Encoding.UTF8.GetBytes(text), callId);

    /// <summary>Two plans, a run that is overdue and one that <paramref name="person"/> signed.</summary>
    public ReviewBoard Reviews(TestPerson person)
    {
        var now = time.GetUtcNow();
        var act = new ReviewAct { Issuer = issuer, Subject = person.Subject, Name = person.Name, At = now.AddDays(-3) };
        var monthly = new ReviewPlan { PlanId = Guid.CreateVersion7(now), Name = "Monthly access review", Cadence = ReviewCadence.Monthly, Sample = 25, DueDays = 14 };
        var refused = new ReviewPlan { PlanId = Guid.CreateVersion7(now), Name = "Refused calls of the week", Cadence = ReviewCadence.Weekly, Server = "clinic", OnlyRefused = true, Sample = 10, DueDays = 3 };
        ReviewRun Run(ReviewPlan plan, int days, ReviewAct? signed) => new()
        {
            RunId = Guid.CreateVersion7(now),
            Plan = plan,
            From = now.AddDays(-days - 30),
            To = now.AddDays(-days),
            DueAt = now.AddDays(plan.DueDays - days),
            Population = 1_204,
            Drawn = 3,
            Judged = signed is null ? 2 : 3,
            Concerns = 1,
            Seed = "019a0b6e-8c21-7d3f-9a44-5c1f2e3d4b5a",
            SignedOff = signed,
            RemindedAt = signed is null ? now.AddDays(-1) : null,
        };
        return new ReviewBoard
        {
            Plans = [monthly, refused],
            Runs = [Run(monthly, 20, null), Run(refused, 9, act)],
            Sessions =
            [
                new ReviewedSession { SessionId = Guid.CreateVersion7(now), Verdict = ReviewVerdict.Concern, By = act },
                new ReviewedSession { SessionId = Guid.CreateVersion7(now), Verdict = ReviewVerdict.Fine, By = act },
                new ReviewedSession { SessionId = Guid.CreateVersion7(now) },
            ],
        };
    }

    /// <summary>What was handed out about a patient to <paramref name="person"/>: all masked, in the clear, and by approval.</summary>
    public DisclosuresFound Accounting(TestPerson person)
    {
        Disclosure Of(int index, string tool, DisclosedForm form, bool asked, string? purpose, string? approval) => new()
        {
            Index = index,
            At = time.GetUtcNow().AddDays(-index),
            CallId = Guid.CreateVersion7(time.GetUtcNow()),
            SessionId = Guid.CreateVersion7(time.GetUtcNow()),
            Recipient = PrincipalOf(person),
            ClientName = "mcp-inspector",
            Server = "clinic",
            Method = "tools/call",
            Target = tool,
            Matched = asked ? ["ID", "MRN"] : ["MRN"],
            Asked = asked,
            Answered = true,
            Classes = [new DisclosedClass { Type = "MRN", Count = 1, Form = form }, new DisclosedClass { Type = "NAME", Count = 3, Form = DisclosedForm.Masked }, new DisclosedClass { Type = "DATE", Count = 12, Form = DisclosedForm.Masked }],
            Purpose = purpose,
            Organization = purpose is null ? null : "Mercy Clinic of Upper Longfield",
            ApprovalId = approval,
            Rule = "clinical-reads",
        };
        return new DisclosuresFound
        {
            Items = [Of(9, "get_patient", DisclosedForm.Masked, true, null, null), Of(5, "list_patients", DisclosedForm.Clear, false, "TREAT", null), Of(2, "export_patient_record", DisclosedForm.Clear, true, "PATRQT", "APR-31")],
            NothingGiven = 2,
            Incomplete = [4711],
            TreeSize = 184_223,
        };
    }

    /// <summary>A pending request.</summary>
    public ApprovalItem Pending(string id, TestPerson person, string tool, string arguments, string[] groups, int approvals = 1)
    {
        var call = Call(person, tool);
        var message = $$$"""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"x","arguments":{{{arguments}}}}}""";
        return new ApprovalItem
        {
            Status = new ApprovalStatus { ApprovalId = id, State = ApprovalState.Pending, ExpiresAt = time.GetUtcNow().AddMinutes(9) },
            Call = call,
            Decision = Decision(CallEffect.Hold, "destructive-needs-approval", "Changes to patient records need a second person."),
            Requirement = new ApprovalRequirement { Role = "admin-write", Groups = groups, Approvals = approvals, ExpiresAfter = TimeSpan.FromMinutes(10) },
            BindingDigest = "b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c",
            MaskedRequest = seal.Seal(Encoding.UTF8.GetBytes(message), call.CallId),
            RequestedAt = time.GetUtcNow().AddSeconds(-40),
            Votes = [],
        };
    }

    /// <summary>A session of <paramref name="calls"/> allowed calls, each an intent and an outcome.</summary>
    public (SessionItem Session, TranscriptEntry[] Entries) Session(TestPerson person, int calls, string tool = "get_patient", string answer = """{"name":"[NAME]"}""")
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        var now = time.GetUtcNow();
        var entries = new List<TranscriptEntry>();
        for (var i = 0; i < calls; i++)
        {
            var call = Call(person, tool, id);
            entries.Add(Entry(entries.Count, RecordKind.Intent, call, null, Decision(CallEffect.Allow, "clinical-reads", "Clinical staff may read.")));
            var outcome = new OutcomeFacts
            {
                Status = OutcomeStatus.Answered,
                HttpStatus = 200,
                UpstreamMilliseconds = 12.4,
                UpstreamBytes = 512,
                Findings = [new MaskFinding { Type = "NAME", Count = 2 }, new MaskFinding { Type = "SSN", Count = 1 }],
            };
            entries.Add(Entry(entries.Count, RecordKind.Outcome, call, outcome, null, ("request_masked", """{"id":17}"""), ("response_masked", answer)));
        }

        var session = new SessionItem
        {
            SessionId = id,
            Principal = PrincipalOf(person),
            ClientName = "mcp-inspector",
            Server = "clinic",
            StartedAt = now.AddMinutes(-12),
            LastAt = now.AddMinutes(-1),
            Calls = calls,
            Denied = 0,
            Masked = 3 * calls,
        };
        return (session, [.. entries]);
    }

    /// <summary>One record.</summary>
    public TranscriptEntry Entry(long index, RecordKind kind, CallFacts? call, OutcomeFacts? outcome, DecisionFacts? decision, params (string Name, string Text)[] parts)
    {
        var id = Guid.CreateVersion7(time.GetUtcNow());
        return new TranscriptEntry
        {
            Index = index,
            LeafHash = $"{index:x4}0ce3f1d5b8a1c2f77e6a90b1d3c4e5f60718293a4b5c6d7e8f9011223344",
            Entry = new RecordEntry
            {
                EventId = id,
                Kind = kind,
                OccurredAt = time.GetUtcNow().AddMinutes(-1),
                Source = kind == RecordKind.Outcome ? "masking" : "policy",
                Call = call,
                Outcome = outcome,
                Decision = decision,
                Parts = [.. parts.Select(p => new RecordPart { Name = p.Name, MediaType = "application/json", Searchable = true, Content = seal.Seal(Encoding.UTF8.GetBytes(p.Text), id) })],
            },
        };
    }
}

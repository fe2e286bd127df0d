using System.Collections.Concurrent;
using Chaperone.Bus;
using Chaperone.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.TestKit.Rooms;

/// <summary>Approval room and recorder as the console sees them: small, in memory, and able to be away.</summary>
public sealed class FakeRooms
{
    /// <summary>Requests for approval, newest first.</summary>
    public ConcurrentDictionary<string, ApprovalItem> Approvals { get; } = new(StringComparer.Ordinal);

    /// <summary>Sessions and their records.</summary>
    public ConcurrentDictionary<Guid, (SessionItem Session, TranscriptEntry[] Entries)> Sessions { get; } = new();

    /// <summary>What the ledger says of itself.</summary>
    public IntegrityReport Report { get; set; } = new()
    {
        Origin = "chaperone.example/log",
        VerifierKey = "chaperone.example/log+00000000+AAAA",
        TreeSize = 0,
        RootHash = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        ProjectionLag = 0,
        Gaps = [],
    };

    /// <summary>What the policy room says of its policy.</summary>
    public PolicyReport Policy { get; set; } = new() { InForce = new string('a', 64), File = "policy.yaml", RequiresSignature = false, Problems = [], Versions = [], Rules = [], Differences = [] };

    /// <summary>How the policy room explains any call.</summary>
    public CallExplained Explained { get; set; } = new()
    {
        Decision = new DecisionFacts { Effect = CallEffect.Deny, Rule = "default-deny", PolicyDigest = new string('a', 64), Reason = "No rule allows this.", Masking = "safe-harbor" },
        Visible = false,
        Matching = [],
        Close = [],
    };

    /// <summary>The messages that were to be explained.</summary>
    public ConcurrentQueue<string> ExplainedMessages { get; } = new();

    /// <summary>What "verify now" says.</summary>
    public (bool Ok, string Text) Verdict { get; set; } = (true, "1,234 records verified");

    /// <summary>Everything written to the journal.</summary>
    public ConcurrentQueue<RecordEntry> Journal { get; } = new();

    /// <summary>Every answer given, in order.</summary>
    public ConcurrentQueue<DecideApproval> Answers { get; } = new();

    /// <summary>What the console said about who signed in and out, in order.</summary>
    public ConcurrentQueue<NoteApprover> Notes { get; } = new();

    /// <summary>Links of cards that lead somewhere, each once, and the request each is for.</summary>
    public ConcurrentDictionary<string, string> Links { get; } = new(StringComparer.Ordinal);

    /// <summary>Every question asked of the recorder.</summary>
    public ConcurrentQueue<object> Questions { get; } = new();

    /// <summary>How answers are met; by default each counts.</summary>
    public Func<DecideApproval, ApprovalAnswered>? Meet { get; set; }

    /// <summary>True: the approval room throws at every question.</summary>
    public bool ApprovalAway { get; set; }

    /// <summary>True: the recorder answers no question.</summary>
    public bool RecorderAway { get; set; }

    /// <summary>True: "verify now" does not end in time.</summary>
    public bool VerifyTooSlow { get; set; }

    /// <summary>True: no record can be kept.</summary>
    public bool JournalAway { get; set; }

    /// <summary>Registers these rooms; the bus itself is the real one.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(this);
        services
            .AddDoor<ListApprovals, ApprovalPage, FakeApprovalRoom>(Lane.Cold)
            .AddDoor<DecideApproval, ApprovalAnswered, FakeApprovalRoom>(Lane.Cold)
            .AddDoor<NoteApprover, ApproverNoted, FakeApprovalRoom>(Lane.Cold)
            .AddDoor<OpenCardLink, CardLinkOpened, FakeApprovalRoom>(Lane.Cold)
            .AddDoor<ListSessions, SessionPage, FakeRecorder>(Lane.Cold)
            .AddDoor<ReadSession, SessionTranscript, FakeRecorder>(Lane.Cold)
            .AddDoor<ReadIntegrity, IntegrityReport, FakeRecorder>(Lane.Cold)
            .AddDoor<ReadPolicy, PolicyReport, FakePolicyRoom>(Lane.Cold)
            .AddDoor<ExplainCall, CallExplained, FakePolicyRoom>(Lane.Cold)
            .AddRecordKeeper<FakeRecorder>();
    }
}

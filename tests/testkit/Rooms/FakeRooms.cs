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

    /// <summary>How cases come out.</summary>
    public PolicyTested Tested { get; set; } = new() { Problems = [], Results = [] };

    /// <summary>What two policies decide otherwise.</summary>
    public PoliciesCompared Compared { get; set; } = new() { Problems = [] };

    /// <summary>Policies and cases that were to be tried, opened.</summary>
    public ConcurrentQueue<string> TrialTexts { get; } = new();

    /// <summary>What "verify now" says.</summary>
    public (bool Ok, string Text) Verdict { get; set; } = (true, "1,234 records verified");

    /// <summary>The bundle of evidence that the recorder hands out.</summary>
    public byte[] Bundle { get; set; } = [.. "PK-fake"u8];

    /// <summary>Why there is no bundle; null where there is one.</summary>
    public string? BundleProblem { get; set; }

    /// <summary>How often a bundle is said to be in the making before it is ready.</summary>
    public int BundleRuns { get; set; }

    /// <summary>Bytes of the bundle after which the recorder has no more; beyond its end by default.</summary>
    public long BundleEnds { get; set; } = long.MaxValue;

    /// <summary>Everything written to the journal.</summary>
    public ConcurrentQueue<RecordEntry> Journal { get; } = new();

    /// <summary>Every answer given, in order.</summary>
    public ConcurrentQueue<DecideApproval> Answers { get; } = new();

    /// <summary>What the console said about who signed in and out, in order.</summary>
    public ConcurrentQueue<NoteApprover> Notes { get; } = new();

    /// <summary>Who looked at which request.</summary>
    public ConcurrentQueue<SeeApproval> Looks { get; } = new();

    /// <summary>Who asked for original values.</summary>
    public ConcurrentQueue<RevealArguments> Reveals { get; } = new();

    /// <summary>What they are shown; null shows nobody anything.</summary>
    public Func<RevealArguments, ArgumentsRevealed>? Reveal { get; set; }

    /// <summary>Links of cards that lead somewhere, each once, and the request each is for.</summary>
    public ConcurrentDictionary<string, string> Links { get; } = new(StringComparer.Ordinal);

    /// <summary>Searches that people saved.</summary>
    public ConcurrentDictionary<Guid, KeepSearch> Searches { get; } = new();

    /// <summary>What was searched for, opened, in order.</summary>
    public ConcurrentQueue<MessageTerms> Terms { get; } = new();

    /// <summary>Tools that servers have shown.</summary>
    public ConcurrentDictionary<Guid, ToolItem> Tools { get; } = new();

    /// <summary>Every answer about a tool, in order.</summary>
    public ConcurrentQueue<DecideTool> ToolAnswers { get; } = new();

    /// <summary>True: the policy room answers no question.</summary>
    public bool PolicyAway { get; set; }

    /// <summary>How break-glass stands; by default the policy has none.</summary>
    public BreakGlassReport BreakGlass { get; set; } = new() { OpenerGroups = [], ReviewerGroups = [], MostMinutes = 60, ReviewWithinHours = 24, Open = [], Unreviewed = 0, Closed = 0, Windows = [] };

    /// <summary>Why policy does not change what is asked about break-glass; null where it does.</summary>
    public string? BreakGlassProblem { get; set; }

    /// <summary>Every question asked of the recorder.</summary>
    public ConcurrentQueue<object> Questions { get; } = new();

    /// <summary>How answers are met; by default each counts.</summary>
    public Func<DecideApproval, ApprovalAnswered>? Meet { get; set; }

    /// <summary>True: the approval room throws at every question.</summary>
    public bool ApprovalAway { get; set; }

    /// <summary>True: the recorder answers no question.</summary>
    public bool RecorderAway { get; set; }

    /// <summary>True: nothing sealed can be shown, because that cannot be recorded.</summary>
    public bool RevealAway { get; set; }

    /// <summary>True: "verify now" does not end in time.</summary>
    public bool VerifyTooSlow { get; set; }

    /// <summary>True: no record can be kept.</summary>
    public bool JournalAway { get; set; }

    /// <summary>How retention stands.</summary>
    public RetentionReport Retention { get; set; } = new() { MetaDays = 2192, BodyDays = 2192, Periods = [], Holds = [], Orders = [] };

    /// <summary>How reviews stand.</summary>
    public ReviewBoard Reviews { get; set; } = new();

    /// <summary>Why the recorder takes no step of a review; null where it does.</summary>
    public string? ReviewProblem { get; set; }

    /// <summary>What was handed out about any patient.</summary>
    public DisclosuresFound Disclosures { get; set; } = new();

    /// <summary>Identifiers that masking was to name, opened.</summary>
    public ConcurrentQueue<PatientIdentifier> Patients { get; } = new();

    /// <summary>How the work in the background stands.</summary>
    public JobsReport Jobs { get; set; } = new() { Workers = [], Repeating = [], Due = [], Failed = [], Scheduled = 0, Waiting = 0, Running = 0, Done = 0 };

    /// <summary>Why the recorder does not change retention; null where it does.</summary>
    public string? RetentionProblem { get; set; }

    /// <summary>Registers these rooms; the bus itself is the real one.</summary>
    public void AddTo(IServiceCollection services)
    {
        AddApprovalsTo(services);
        services
            .AddDoor<ListSessions, SessionPage, FakeRecorder>(Lane.Cold)
            .AddDoor<ReadSession, SessionTranscript, FakeRecorder>(Lane.Cold)
            .AddDoor<ReadIntegrity, IntegrityReport, FakeRecorder>(Lane.Cold)
            .AddDoor<FindMessages, MessagePage, FakeRecorder>(Lane.Cold)
            .AddDoor<ListSearches, SearchList, FakeRecorder>(Lane.Cold)
            .AddDoor<KeepSearch, SearchKept, FakeRecorder>(Lane.Cold)
            .AddDoor<ReadProof, RecordProof, FakeRecorder>(Lane.Cold)
            .AddDoor<RevealRecord, RecordRevealed, FakeRecorder>(Lane.Cold)
            .AddDoor<ReadRetention, RetentionReport, FakeRetention>(Lane.Cold)
            .AddDoor<ChangeRetention, RetentionChanged, FakeRetention>(Lane.Cold)
            .AddDoor<FindDisclosures, DisclosuresFound, FakeDisclosures>(Lane.Cold)
            .AddDoor<ReadReviews, ReviewBoard, FakeReviews>(Lane.Cold)
            .AddDoor<ChangeReviews, ReviewsChanged, FakeReviews>(Lane.Cold)
            .AddRecordKeeper<FakeRecorder>();
    }

    /// <summary>Registers the approval room only, beside a real recorder.</summary>
    public void AddApprovalsTo(IServiceCollection services)
    {
        services.AddSingleton(this);
        services
            .AddDoor<ListApprovals, ApprovalPage, FakeApprovalRoom>(Lane.Cold)
            .AddDoor<DecideApproval, ApprovalAnswered, FakeApprovalRoom>(Lane.Cold)
            .AddDoor<NoteApprover, ApproverNoted, FakeApprovalRoom>(Lane.Cold)
            .AddDoor<OpenCardLink, CardLinkOpened, FakeApprovalRoom>(Lane.Cold)
            .AddDoor<SeeApproval, ApprovalSeen, FakeApprovalRoom>(Lane.Cold)
            .AddDoor<RevealArguments, ArgumentsRevealed, FakeApprovalRoom>(Lane.Cold)
            .AddDoor<ReadJobs, JobsReport, FakeApprovalRoom>(Lane.Cold)
            .AddDoor<ListTools, ToolPage, FakePolicyRoom>(Lane.Cold)
            .AddDoor<DecideTool, ToolDecided, FakePolicyRoom>(Lane.Cold)
            .AddDoor<MakeEvidence, EvidenceMade, FakeEvidence>(Lane.Cold)
            .AddDoor<ReadEvidence, EvidencePiece, FakeEvidence>(Lane.Cold)
            .AddDoor<ReadBreakGlass, BreakGlassReport, FakeBreakGlass>(Lane.Cold)
            .AddDoor<ChangeBreakGlass, BreakGlassChanged, FakeBreakGlass>(Lane.Cold)
            .AddDoor<NamePatient, PatientNamed, FakeDisclosures>(Lane.Cold)
            .AddDoor<ReadPolicy, PolicyReport, FakePolicyRoom>(Lane.Cold)
            .AddDoor<ExplainCall, CallExplained, FakePolicyRoom>(Lane.Cold)
            .AddDoor<TestPolicy, PolicyTested, FakePolicyRoom>(Lane.Cold)
            .AddDoor<ComparePolicies, PoliciesCompared, FakePolicyRoom>(Lane.Cold);
    }
}

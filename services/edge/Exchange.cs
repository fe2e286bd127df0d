using Chaperone.Contracts;
using Chaperone.Edge.Approvals;
using Chaperone.Edge.Mcp;
using Chaperone.Edge.Release;
using Chaperone.Edge.Sessions;
using Chaperone.Edge.Upstream;

namespace Chaperone.Edge;

/// <summary>One HTTP request of a client on its walk through the gateway. Owned by one <see cref="CallPipeline"/> run.</summary>
internal sealed class Exchange
{
    public required HttpContext Http { get; init; }

    public required ReplyChannel Reply { get; init; }

    public required CallFacts Call { get; init; }

    public required UpstreamServer Server { get; init; }

    /// <summary>What is left for the gateway's own part.</summary>
    public required OwnTime Own { get; init; }

    /// <summary>The client's message; null for GET and DELETE.</summary>
    public McpMessage? Message { get; init; }

    /// <summary>The task that the client looks at, whose call this is; null where it sends the call itself.</summary>
    public HeldTask? Task { get; init; }

    /// <summary>Its id as the client knows it; sealing it again would make another.</summary>
    public string? TaskId { get; init; }

    /// <summary>True where the client does not look at the task but cancels it.</summary>
    public bool CancelsTask { get; init; }

    /// <summary>The tasks of the server that the client's message names; <see cref="Message"/> names them as the server does.</summary>
    public NamedTasks Tasks { get; init; } = NamedTasks.None;

    /// <summary>What is put around the masked and recorded answer; null for an answer that goes as it is.</summary>
    public Func<byte[], byte[]>? Envelope { get; set; }

    /// <summary>Progress that was told while it was held; null where none is asked for.</summary>
    public HoldProgress? Progress { get; set; }

    /// <summary>What goes upstream: the original bytes, but for a request state that the gateway itself had added.</summary>
    public ReadOnlyMemory<byte> UpstreamBody { get; set; }

    /// <summary>The upstream's own session id, from the client's ticket.</summary>
    public string? UpstreamSessionId { get; init; }

    /// <summary>Policy's decision, once there is one.</summary>
    public DecisionFacts Decision { get; set; } = new()
    {
        Effect = CallEffect.Deny,
        Rule = "undecided",
        PolicyDigest = string.Empty,
        Reason = "No decision was made.",
        Masking = "safe-harbor",
    };

    /// <summary>The operator's own rules of masking, from the latest decision.</summary>
    public OwnMasking? OwnMasking { get; set; }

    /// <summary>What its end is counted on; empty where nothing is, and once it was settled.</summary>
    public UsageMeter[] Meters { get; set; } = [];

    /// <summary>Bytes released so far, masked; counted only where there are meters.</summary>
    public long ReleasedBytes { get; set; }

    /// <summary>Rows released so far; counted only where a meter counts rows.</summary>
    public long ReleasedRows { get; set; }

    /// <summary>After how many seconds a call that a limit refused may be tried again; null where none did.</summary>
    public int? RetryAfterSeconds { get; set; }

    /// <summary>The approval under which it passes; null without one.</summary>
    public string? ApprovalId { get; set; }

    /// <summary>When it was forwarded (<see cref="TimeProvider.GetTimestamp"/>); null before.</summary>
    public long? ForwardedAt { get; set; }

    /// <summary>True once the request's masked text went into a record.</summary>
    public bool RequestRecorded { get; set; }

    /// <summary>True once the answer to the client's request was dealt with.</summary>
    public bool Answered { get; set; }

    /// <summary>How the message ended that was released last; null while nothing was, or when it could not be recorded.</summary>
    public OutcomeStatus? End { get; set; }

    public bool IsModern => ProtocolRevision.IsModern(Call.ProtocolVersion);

    public bool IsPost => Message is not null;
}

using Chaperone.Console.Web;
using Chaperone.Contracts;

namespace Chaperone.Console.Replay;

/// <summary>One record of a session, ready to be shown.</summary>
internal sealed record TimelineStep
{
    /// <summary>Leaf index.</summary>
    public required long Index { get; init; }

    /// <summary>RFC 6962 leaf hash, hex.</summary>
    public required string LeafHash { get; init; }

    public required Guid EventId { get; init; }

    public required RecordKind Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Which colour and mark the step has: <c>allow</c>, <c>hold</c>, <c>deny</c>, <c>answer</c>, <c>person</c> or <c>note</c>.</summary>
    public required string Tone { get; init; }

    /// <summary>Who to whom, in words.</summary>
    public required string Direction { get; init; }

    /// <summary>Where the message starts; null where nobody speaks.</summary>
    public Party? From { get; init; }

    /// <summary>Where it ends; the same as <see cref="From"/> for what happens inside the gateway.</summary>
    public Party? To { get; init; }

    /// <summary>How long it took and whose time it was, in words; null where nothing can be said.</summary>
    public string? Took { get; init; }

    public required string Title { get; init; }

    public DecisionFacts? Decision { get; init; }

    public OutcomeFacts? Outcome { get; init; }

    public ApprovalFacts? Approval { get; init; }

    public Principal? Actor { get; init; }

    public string? Note { get; init; }

    /// <summary>Last 8 characters of the call id, to tell which answer belongs to which call; null without a call.</summary>
    public string? CallMark { get; init; }

    /// <summary>Names of the parts that stay sealed.</summary>
    public string[] SealedParts { get; init; } = [];

    /// <summary>Why the record cannot be read; null if it can.</summary>
    public string? Problem { get; init; }

    public required (string Name, PayloadText Payload)[] Parts { get; init; }
}

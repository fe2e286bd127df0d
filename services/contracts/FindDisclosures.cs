namespace Chaperone.Contracts;

/// <summary>Console to recorder: what was handed out about a patient (45 CFR 164.528). That it was asked is in the ledger before the answer.</summary>
public sealed record FindDisclosures
{
    /// <summary>Names this question and the record of it; <see cref="Marks"/> and <see cref="Reason"/> are sealed under it.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>Who asks.</summary>
    public required Principal Actor { get; init; }

    /// <summary>Why, 10 to 500 characters, sealed.</summary>
    public required SealedPayload Reason { get; init; }

    /// <summary>As <see cref="PatientNamed.Marks"/> has them, sealed.</summary>
    public required SealedPayload Marks { get; init; }

    /// <summary>As <see cref="PatientNamed.KeyIds"/> has them: records under other keys are named in the answer.</summary>
    public required string[] KeyIds { get; init; }

    /// <summary>First moment.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>First moment after.</summary>
    public required DateTimeOffset To { get; init; }
}

/// <summary>What was handed out.</summary>
public sealed record DisclosuresFound
{
    /// <summary>One for each call, the oldest first; at most 2,000.</summary>
    public Disclosure[] Items { get; init; } = [];

    /// <summary>True where there are more: ask for shorter periods.</summary>
    public bool More { get; init; }

    /// <summary>Calls that named the patient and were refused, held or withheld: nothing was handed out.</summary>
    public int NothingGiven { get; init; }

    /// <summary>Leaf indices of answers in which not every identifier could be told, so that they may concern anybody; at most 500.</summary>
    public long[] Incomplete { get; init; } = [];

    /// <summary>Ids of keys that records of the period were marked under and masking no longer has: what they hold cannot be found.</summary>
    public string[] LostKeys { get; init; } = [];

    /// <summary>The ledger up to which was looked, in leaves.</summary>
    public long TreeSize { get; init; }

    /// <summary>Why there is no answer, one sentence; null if there is.</summary>
    public string? Problem { get; init; }
}

/// <summary>One call whose request or answer holds the identifier. Which of them are disclosures in the sense of the rule is the organisation's decision.</summary>
public sealed record Disclosure
{
    /// <summary>Leaf index of the first record of it.</summary>
    public required long Index { get; init; }

    /// <summary>When it was handed out.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The call.</summary>
    public required Guid CallId { get; init; }

    /// <summary>Its session.</summary>
    public required Guid SessionId { get; init; }

    /// <summary>Who received it.</summary>
    public required Principal Recipient { get; init; }

    /// <summary>The recipient's organisation as a claim of the token says it (<c>organization</c>, <c>organisation</c>, <c>org_name</c>, <c>organization_name</c>); null if none does.</summary>
    public string? Organization { get; init; }

    /// <summary>The program, as it says itself; null if unknown.</summary>
    public string? ClientName { get; init; }

    /// <summary>Network address of that program; null where the edge could not know it.</summary>
    public string? RemoteAddress { get; init; }

    /// <summary>Key of the server.</summary>
    public required string Server { get; init; }

    /// <summary>JSON-RPC method.</summary>
    public required string Method { get; init; }

    /// <summary>Tool or prompt, in words that may stand in clear; null otherwise.</summary>
    public string? Target { get; init; }

    /// <summary>What the identifier was taken for, e.g. <c>MRN</c>.</summary>
    public required string[] Matched { get; init; }

    /// <summary>True where the request named the patient.</summary>
    public required bool Asked { get; init; }

    /// <summary>True where the answer did.</summary>
    public required bool Answered { get; init; }

    /// <summary>Classes of identifiers in the answers, and how each of them left.</summary>
    public required DisclosedClass[] Classes { get; init; }

    /// <summary>Purpose as a claim of the token says it (<c>purpose_of_use</c>, <c>purpose</c>); null if none does: "not stated".</summary>
    public string? Purpose { get; init; }

    /// <summary>The approval that let it pass; null without one.</summary>
    public string? ApprovalId { get; init; }

    /// <summary>Rule of the policy that allowed it.</summary>
    public string? Rule { get; init; }
}

/// <summary>One class of identifiers of an answer. They are the answer's, not only the patient's.</summary>
public sealed record DisclosedClass
{
    /// <summary>E.g. <c>MRN</c>.</summary>
    public required string Type { get; init; }

    /// <summary>How many.</summary>
    public required int Count { get; init; }

    /// <summary>How they left.</summary>
    public required DisclosedForm Form { get; init; }
}

/// <summary>How identifiers left; what is unknown counts as clear.</summary>
public enum DisclosedForm
{
    /// <summary>As they are.</summary>
    Clear = 0,

    /// <summary>In part: initials, last digits (profile <c>review</c>).</summary>
    Partly = 1,

    /// <summary>As tokens that stand for them (profiles <c>session</c> and <c>linked</c>).</summary>
    Token = 2,

    /// <summary>Not at all.</summary>
    Masked = 3,
}

namespace Chaperone.Contracts;

/// <summary>Edge to masking: mask this before it leaves. Answered by <see cref="ResultMasked"/> once the outcome is durable (purpose <see cref="MaskPurpose.Display"/> records nothing).</summary>
public sealed record MaskResult
{
    /// <summary>The call it belongs to.</summary>
    public required CallFacts Call { get; init; }

    /// <summary>The edge's number of this message.</summary>
    public required EdgeStamp Stamp { get; init; }

    /// <summary>What the bytes are.</summary>
    public required MaskPurpose Purpose { get; init; }

    /// <summary>The decision under which the call ran; its masking profile applies.</summary>
    public required DecisionFacts Decision { get; init; }

    /// <summary>The operator's own rules of masking, as policy gave them; null where there are none.</summary>
    public OwnMasking? OwnMasking { get; init; }

    /// <summary>The JSON-RPC message to mask; sealed under <see cref="CallFacts.CallId"/>. May be empty (202, 204).</summary>
    public required SealedPayload Payload { get; init; }

    /// <summary>The request's bytes, to be masked for the record and the search; null where the intent has none or an earlier event of the call carried it.</summary>
    public SealedPayload? Request { get; init; }

    /// <summary>How the call ended, for the record; null for <see cref="MaskPurpose.Display"/>.</summary>
    public OutcomeFacts? Outcome { get; init; }

    /// <summary>The tool's <c>outputSchema</c> as JSON text when the edge knows it; PHI-free.</summary>
    public string? OutputSchema { get; init; }
}

/// <summary>What the bytes to mask are.</summary>
public enum MaskPurpose
{
    /// <summary>The last word of a call: a response, an error, an empty acknowledgement, or the gateway's own refusal.</summary>
    Answer = 0,

    /// <summary>One event of a stream that goes on: a notification, a server's request, a response to an earlier call.</summary>
    Event = 1,

    /// <summary>A request to be shown to an approver; masked, returned, not recorded and not numbered in the ledger.</summary>
    Display = 2,
}

/// <summary>What masking made of it; its being answered means that the outcome is durable.</summary>
public sealed record ResultMasked
{
    /// <summary>The call it belongs to.</summary>
    public required Guid CallId { get; init; }

    /// <summary>What may be released.</summary>
    public required MaskDisposition Disposition { get; init; }

    /// <summary>The masked bytes; sealed under the call id. With <see cref="MaskDisposition.Withheld"/>, a JSON-RPC answer that says so.</summary>
    public required SealedPayload Payload { get; init; }

    /// <summary>What was found and masked: types and counts, never values.</summary>
    public required MaskFinding[] Findings { get; init; }

    /// <summary>The same by place and rule; at most 64 and one more of each type and rule for the places beyond. Empty from older rooms.</summary>
    public MaskPlace[] Places { get => field ?? []; init; }
}

/// <summary>What may be released; the safe side is zero.</summary>
public enum MaskDisposition
{
    /// <summary>The content could not be made safe; the payload is a notice.</summary>
    Withheld = 0,

    /// <summary>The payload is the masked message.</summary>
    Released = 1,
}

/// <summary>How often one type of identifier was masked.</summary>
public sealed record MaskFinding
{
    /// <summary>E.g. <c>SSN</c>, <c>NAME</c>, <c>MRN</c>.</summary>
    public required string Type { get; init; }

    /// <summary>1 or more.</summary>
    public required int Count { get; init; }
}

/// <summary>What one rule masked at one place; never a value.</summary>
public sealed record MaskPlace
{
    /// <summary>
    /// Path of keys in the message, items of lists as <c>[]</c>, e.g. <c>result.structuredContent.patients[].mrn</c>; what follows
    /// <c>&gt;</c> stands inside a text with a structure of its own. <c>*</c> stands for keys that may name a person.
    /// </summary>
    public required string Path { get; init; }

    /// <summary>E.g. <c>SSN</c>; <c>WITHHELD</c> for a whole message, or for one text that the operator's model did not read in time.</summary>
    public required string Type { get; init; }

    /// <summary>What decided: <c>key</c>, <c>column</c>, <c>label</c>, <c>pattern</c>, <c>known</c>, <c>tagger</c>, <c>own</c>, <c>form</c>; of a withheld message the reason.</summary>
    public required string Rule { get; init; }

    /// <summary>1 or more.</summary>
    public required int Count { get; init; }

    /// <summary>The least confidence of these, in percent.</summary>
    public required int Confidence { get; init; }
}

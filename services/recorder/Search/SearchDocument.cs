using Chaperone.Contracts;
using Chaperone.Recorder.Disclosures;
using Chaperone.Recorder.Reviews;

namespace Chaperone.Recorder.Search;

/// <summary>What one record adds to the search.</summary>
internal sealed record SearchDocument
{
    public required long Index { get; init; }

    /// <summary>The record's facts; its parts are not used.</summary>
    public required RecordEntry Entry { get; init; }

    /// <summary>Masked text and PHI-free facts, words to find; empty if nothing is to be found.</summary>
    public required string Text { get; init; }

    /// <summary>Its fields, words of <see cref="SearchFields"/>.</summary>
    public required string Fields { get; init; }

    /// <summary>By whose pseudonyms it is found; null where it has none.</summary>
    public PatientPart? Patients { get; init; }

    /// <summary>The step of a review that it is; null for all else.</summary>
    public ReviewStep? Review { get; init; }

    /// <summary>The gap that a gap record tells of; null otherwise.</summary>
    public NumberingGap? Gap { get; init; }

    /// <summary>False for a reader's doing, which is told beside the session it was about, but is no activity of it.</summary>
    public bool IsActivity => Entry.Kind != RecordKind.Reveal;

    /// <summary>1 for a decided message from a client, else 0.</summary>
    public int Calls => Entry is { Kind: RecordKind.Intent, Call.Direction: CallDirection.FromClient } ? 1 : 0;

    /// <summary>1 for a refused one, else 0.</summary>
    public int Denied => Calls == 1 && Entry.Decision?.Effect == CallEffect.Deny ? 1 : 0;

    /// <summary>Identifiers masked.</summary>
    public int Masked => Entry.Outcome?.Findings.Sum(f => f.Count) ?? 0;
}

using Chaperone.Ledger;

namespace Chaperone.Recorder.Witnessing;

/// <summary>What came of asking one witness.</summary>
/// <param name="Outcome">How it went.</param>
/// <param name="Size">Size of the checkpoint that the witness cosigned last, as it says; 0 where that is not known.</param>
/// <param name="Signature">Its cosignature, verified; null unless cosigned.</param>
/// <param name="Problem">PHI-free words for people; null when cosigned.</param>
internal sealed record WitnessReply(WitnessOutcome Outcome, long Size = 0, NoteSignature? Signature = null, string? Problem = null);

/// <summary>How asking one witness went.</summary>
internal enum WitnessOutcome
{
    /// <summary>Cosigned.</summary>
    Cosigned = 0,

    /// <summary>No answer in time, or one that says nothing about the ledger.</summary>
    Away = 1,

    /// <summary>The witness has cosigned another size than the one we named.</summary>
    OtherSize = 2,

    /// <summary>The witness has cosigned a larger tree than ours.</summary>
    Ahead = 3,

    /// <summary>The witness has cosigned a tree that ours does not begin with.</summary>
    Fork = 4,
}

namespace Chaperone.Ledger;

/// <summary>What a witness says to a checkpoint (C2SP tlog-witness).</summary>
public enum WitnessVerdict
{
    /// <summary>Cosigned, and remembered before that was said.</summary>
    Cosigned = 0,

    /// <summary>Not laid out as the protocol says, or the old size is larger than the new one (400).</summary>
    Malformed = 1,

    /// <summary>The log is none that the witness watches (404).</summary>
    UnknownLog = 2,

    /// <summary>The log's key did not sign it (403).</summary>
    NotSigned = 3,

    /// <summary>The old size is not that of the last checkpoint cosigned (409); the answer says which is.</summary>
    OtherSize = 4,

    /// <summary>Of the size that was cosigned last, but with another root: the log signed two histories (409).</summary>
    Fork = 5,

    /// <summary>The proof does not show that it extends the last checkpoint cosigned (422).</summary>
    NotConsistent = 6,
}

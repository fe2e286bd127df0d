namespace Chaperone.Faults;

/// <summary>What a client got for one call.</summary>
/// <param name="Id">The JSON-RPC id, unique within a stage: it marks the call in the upstream and in the ledger.</param>
/// <param name="Kind">How it ended.</param>
/// <param name="Milliseconds">From sending to the end.</param>
/// <param name="At">When it ended, as a timestamp.</param>
/// <param name="Words">What was said where it was not served.</param>
internal sealed record Answer(string Id, AnswerKind Kind, double Milliseconds, long At, string Words);

/// <summary>How a call ended for its client.</summary>
internal enum AnswerKind
{
    /// <summary>With the upstream's answer.</summary>
    Served = 0,

    /// <summary>With one of the documented errors.</summary>
    Refused = 1,

    /// <summary>Without an answer, because the connection ended or could not be made.</summary>
    Cut = 2,

    /// <summary>With something that is documented nowhere.</summary>
    Wrong = 3,

    /// <summary>Not at all, as long as the client waited.</summary>
    Silent = 4,
}

namespace Chaperone.Recorder.Sequencing;

/// <summary>When a log is closed and the next one opened.</summary>
public enum LedgerRotation
{
    /// <summary>With the first record of each year (UTC).</summary>
    Yearly = 0,

    /// <summary>Never: the open log goes on.</summary>
    Never = 1,
}

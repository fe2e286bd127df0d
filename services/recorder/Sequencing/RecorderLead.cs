namespace Chaperone.Recorder.Sequencing;

/// <summary>Whether this process is the one recorder of its store that does what only one should do. Thread-safe.</summary>
internal sealed class RecorderLead
{
    private volatile bool _held;

    /// <summary>True while it is; said by the loop that follows the ledger.</summary>
    public bool IsHeld
    {
        get => _held;
        set => _held = value;
    }
}

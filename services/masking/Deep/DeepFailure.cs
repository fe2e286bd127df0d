namespace Chaperone.Masking.Deep;

/// <summary>What becomes of a text that the deep tier did not read.</summary>
public enum DeepFailure
{
    /// <summary>The whole text is masked, and a finding <c>WITHHELD</c> says so.</summary>
    Withhold = 0,

    /// <summary>What the engine's own detectors found is masked, and a finding <c>UNREAD</c> says that there was no more. Not fail-closed.</summary>
    GoOn = 1,
}

namespace Chaperone.Masking.Deep;

/// <summary>How reading one text went.</summary>
internal enum DeepOutcome
{
    /// <summary>All of it was read.</summary>
    Read = 0,

    /// <summary>The time of the call was spent before the end.</summary>
    TooSlow,

    /// <summary>The model failed, or answered what is no probability.</summary>
    Failed,
}

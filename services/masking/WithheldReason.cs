namespace Chaperone.Masking;

/// <summary>Why a message could not be masked.</summary>
public enum WithheldReason
{
    /// <summary>It could.</summary>
    None = 0,

    /// <summary>Not one JSON value, or not UTF-8.</summary>
    Unreadable,

    /// <summary>Nested deeper than 64.</summary>
    TooDeep,

    /// <summary>Longer than <c>Masking:MaxBytes</c>.</summary>
    TooLarge,

    /// <summary>Took longer than <c>Masking:TimeBudget</c>.</summary>
    TooSlow,

    /// <summary>The masked result does not satisfy the tool's output schema.</summary>
    SchemaBroken,

    /// <summary>The engine failed.</summary>
    Failed,
}

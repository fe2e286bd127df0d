using Chaperone.Contracts;

namespace Chaperone.Masking;

/// <summary>What masking made of one message.</summary>
public sealed record MaskedMessage
{
    /// <summary>The masked message; the original bytes where nothing was found; a notice where <see cref="Withheld"/>.</summary>
    public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>Types and counts, never values; ordered by type.</summary>
    public required MaskFinding[] Findings { get; init; }

    /// <summary>Where and by what rule they were found; never values.</summary>
    public MaskPlace[] Places { get; init; } = [];

    /// <summary>Time that the deep tier has spent on the call so far; null where there is none.</summary>
    public TimeSpan? DeepTime { get; init; }

    /// <summary>Why nothing but a notice may be released; <see cref="WithheldReason.None"/> if all is well.</summary>
    public WithheldReason Reason { get; init; }

    /// <summary>True where the message could not be made safe.</summary>
    public bool Withheld => Reason != WithheldReason.None;
}

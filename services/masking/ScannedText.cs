namespace Chaperone.Masking;

/// <summary>What <see cref="Masker.Scan"/> made of a text.</summary>
public sealed record ScannedText
{
    /// <summary>The masked text; empty where <see cref="Reason"/> says that nothing may be shown.</summary>
    public required string Masked { get; init; }

    /// <summary>What was found, in the order of the text; finds may overlap.</summary>
    public required IReadOnlyList<TextFinding> Findings { get; init; }

    /// <summary>Why the text was not masked; <see cref="WithheldReason.None"/> if all is well.</summary>
    public WithheldReason Reason { get; init; }
}

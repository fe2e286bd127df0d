namespace Chaperone.Masking.Deep;

/// <summary>What the model made of one text.</summary>
internal sealed record DeepText(DeepOutcome Outcome, IReadOnlyList<DeepFind> Finds);

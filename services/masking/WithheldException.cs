namespace Chaperone.Masking;

/// <summary>Ends a run that cannot be finished safely; never leaves <see cref="Masker"/> and never holds content.</summary>
internal sealed class WithheldException(WithheldReason reason) : Exception($"Withheld: {reason}.")
{
    public WithheldReason Reason { get; } = reason;
}

namespace Chaperone.Policy.Tools;

/// <summary>What a rule asks of a tool's annotations; null where it does not ask.</summary>
internal sealed record ToolHints(bool? ReadOnly, bool? Destructive, bool? Idempotent, bool? OpenWorld)
{
    public bool Fit(ToolTraits traits) =>
        (ReadOnly ?? traits.ReadOnly) == traits.ReadOnly
        && (Destructive ?? traits.Destructive) == traits.Destructive
        && (Idempotent ?? traits.Idempotent) == traits.Idempotent
        && (OpenWorld ?? traits.OpenWorld) == traits.OpenWorld;
}

namespace Chaperone.Recorder.Keys.Vault;

/// <summary>A wrapped key that Vault does not open any more, until when it is held in clear, and why it does not open.</summary>
internal sealed record UnopenedKey(string Name, DateTimeOffset HeldUntil, string Reason)
{
    /// <summary>What it seals, for people: a month, or what belongs to none.</summary>
    public string Seals => Name is ['p', _, _, _, _, _, _, '-', ..] ? $"{Name[1..5]}-{Name[5..7]}" : "saved searches and other things of no month";
}

namespace Chaperone.Approval.Cards;

/// <summary>Somebody deleted the card, or it may not be changed any more: nothing is left to show.</summary>
internal sealed class CardGoneException(string why, Exception inner) : Exception($"The card cannot be changed any more ({why}).", inner)
{
    /// <summary>The chat's word for it.</summary>
    public string Why { get; } = why;
}

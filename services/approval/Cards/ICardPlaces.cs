namespace Chaperone.Approval.Cards;

/// <summary>Where a chat shows a request's cards.</summary>
internal interface ICardPlaces
{
    /// <summary>The chat's name.</summary>
    string Chat { get; }

    /// <summary>Channels and people, each once; none while the chat is off.</summary>
    string[] For(ApprovalCase about);
}

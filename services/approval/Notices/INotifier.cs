namespace Chaperone.Approval.Notices;

/// <summary>
/// One way to tell people that an answer is wanted, or no longer wanted: a log, a webhook, later a chat or e-mail.
/// Called from a job, never while a person or an edge waits. The same card may come twice (its id tells); order is not kept.
/// </summary>
internal interface INotifier
{
    /// <summary>Names the channel in the store; never changes.</summary>
    string Name { get; }

    /// <summary>Whether a delivery reaches people and is therefore recorded.</summary>
    bool ReachesPeople { get; }

    /// <summary>What people are told about here.</summary>
    bool Tells(NoticeOccasion occasion);

    /// <summary>Tells; any exception means not told, and the card comes again later.</summary>
    Task NotifyAsync(NoticeCard card, CancellationToken cancellationToken);
}

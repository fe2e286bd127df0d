namespace Chaperone.Approval.Slack;

/// <summary>An answer that somebody gave in Slack, before it is known who that is and whether it counts.</summary>
internal sealed record SlackClick
{
    /// <summary>The same each time Slack sends this click.</summary>
    public required string Key { get; init; }

    public required string Team { get; init; }

    public required string User { get; init; }

    /// <summary>Where the card is; the person is answered there.</summary>
    public required string Channel { get; init; }

    public required string ApprovalId { get; init; }

    public required string Binding { get; init; }

    public required bool Approve { get; init; }

    public string? Reason { get; init; }
}

namespace Chaperone.Approval.Slack;

/// <summary>Somebody clicked Deny, or Approve where a yes needs a reason, and has to say why.</summary>
internal sealed record SlackModalAsked
{
    public required string Trigger { get; init; }

    public required bool Approve { get; init; }

    public required string ApprovalId { get; init; }

    public required string Binding { get; init; }

    public required string Channel { get; init; }

    public required string User { get; init; }
}

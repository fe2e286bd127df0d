namespace Chaperone.Approval.Slack;

/// <summary>The app's own account.</summary>
/// <param name="Team">Workspace.</param>
/// <param name="Bot">Bot that the app's messages come from.</param>
internal sealed record SlackSelf(string Team, string Bot);

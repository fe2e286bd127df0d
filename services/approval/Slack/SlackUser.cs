using System.Text.Json;

namespace Chaperone.Approval.Slack;

/// <summary>What counts of a Slack account; what Slack does not say is taken for the worse.</summary>
/// <param name="Team">The account's own workspace.</param>
/// <param name="IsMember">A full, living, human member: no bot, guest or stranger from another workspace.</param>
/// <param name="Email">The address, only if Slack says it is confirmed.</param>
internal sealed record SlackUser(string? Team, bool IsMember, string? Email)
{
    private static readonly string[] NoMember = ["deleted", "is_bot", "is_restricted", "is_ultra_restricted", "is_stranger", "is_workflow_bot", "is_connector_bot"];

    public static SlackUser Read(JsonElement user)
    {
        var confirmed = IsTrue(user, "is_email_confirmed");
        var email = user.TryGetProperty("profile", out var profile) && profile.ValueKind == JsonValueKind.Object
            && profile.TryGetProperty("email", out var address) && address.ValueKind == JsonValueKind.String
            ? address.GetString()
            : null;
        return new SlackUser(
            user.TryGetProperty("team_id", out var team) && team.ValueKind == JsonValueKind.String ? team.GetString() : null,
            user.TryGetProperty("deleted", out var deleted) && deleted.ValueKind == JsonValueKind.False && !NoMember.Any(name => IsTrue(user, name)),
            confirmed && !string.IsNullOrWhiteSpace(email) ? email.Trim() : null);
    }

    private static bool IsTrue(JsonElement user, string name) => user.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;
}

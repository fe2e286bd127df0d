using System.Text.Json.Nodes;

namespace Chaperone.Approval.Slack;

/// <summary>The window that asks for a reason.</summary>
internal static class SlackModal
{
    private const int LongestReason = 1000;

    public static JsonObject For(SlackModalAsked asked) => new()
    {
        ["type"] = "modal",
        ["callback_id"] = asked.Approve ? SlackActions.ApproveView : SlackActions.DenyView,
        ["private_metadata"] = $"{asked.ApprovalId} {asked.Binding} {asked.Channel}",
        ["title"] = Plain(ShownText.Line($"{Verb(asked)} {asked.ApprovalId}", 24)),
        ["submit"] = Plain(Verb(asked)),
        ["close"] = Plain("Back"),
        ["blocks"] = new JsonArray(new JsonObject
        {
            ["type"] = "input",
            ["block_id"] = SlackActions.ReasonBlock,
            ["label"] = Plain("Reason"),
            ["hint"] = Plain("The requester will read it. Write nothing that identifies a patient."),
            ["element"] = new JsonObject
            {
                ["type"] = "plain_text_input",
                ["action_id"] = SlackActions.ReasonInput,
                ["multiline"] = true,
                ["min_length"] = 1,
                ["max_length"] = LongestReason,
            },
        }),
    };

    private static string Verb(SlackModalAsked asked) => asked.Approve ? "Approve" : "Deny";

    private static JsonObject Plain(string text) => new() { ["type"] = "plain_text", ["text"] = text };
}

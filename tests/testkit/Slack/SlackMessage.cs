using System.Text.Json;

namespace Chaperone.TestKit.Slack;

/// <summary>A message in a channel of the fake workspace, as it is now.</summary>
/// <param name="Channel">Channel id.</param>
/// <param name="Timestamp">Its <c>ts</c>.</param>
/// <param name="Bot">Who posted it.</param>
/// <param name="Content">What was posted last.</param>
/// <param name="Changes">How often it was changed.</param>
public sealed record SlackMessage(string Channel, string Timestamp, string Bot, JsonElement Content, int Changes)
{
    /// <summary>The first block's text.</summary>
    public string Title => Content.GetProperty("blocks")[0].GetProperty("text").GetProperty("text").GetString()!;

    /// <summary>All of it as JSON.</summary>
    public string Json => Content.GetRawText();

    /// <summary>The button with this action; null if the card has none.</summary>
    public JsonElement? Button(string action)
    {
        foreach (var block in Content.GetProperty("blocks").EnumerateArray().Where(b => b.GetProperty("type").GetString() == "actions"))
        {
            foreach (var element in block.GetProperty("elements").EnumerateArray().Where(e => e.GetProperty("action_id").GetString() == action))
            {
                return element;
            }
        }

        return null;
    }
}

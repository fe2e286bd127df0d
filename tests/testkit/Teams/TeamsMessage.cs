using System.Text.Json;

namespace Chaperone.TestKit.Teams;

/// <summary>A card as Teams shows it now.</summary>
public sealed record TeamsMessage(string Channel, string Conversation, string Activity, JsonElement Card, int Changes)
{
    /// <summary>All of it.</summary>
    public string Json => Card.GetRawText();

    /// <summary>Its first line.</summary>
    public string Title => Card.GetProperty("body")[0].GetProperty("inlines")[0].GetProperty("text").GetString()!;
}

using System.Text.Json;

namespace Chaperone.Approval.Teams;

/// <summary>What we read of an activity (Bot Framework Activity schema): who sent it from where, and what was pressed.</summary>
internal sealed record BotActivity
{
    private const int LongestId = 512;

    public required string Type { get; init; }

    /// <summary>For an invoke, e.g. <c>adaptiveCard/action</c>.</summary>
    public string? Name { get; init; }

    public required string ServiceUrl { get; init; }

    public required string ChannelId { get; init; }

    public string? Tenant { get; init; }

    public string? Conversation { get; init; }

    /// <summary>The account's id in Teams, e.g. <c>29:...</c>.</summary>
    public string? User { get; init; }

    /// <summary>The account's object id in the directory.</summary>
    public string? ObjectId { get; init; }

    /// <summary>What the pressed button says; null where none was.</summary>
    public string? Verb { get; init; }

    /// <summary>The request and the exact call of the card, as its button holds them.</summary>
    public string? Value { get; init; }

    public string? Reason { get; init; }

    /// <exception cref="FormatException">Not an activity.</exception>
    public static BotActivity Read(byte[] body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 64 });
            var root = document.RootElement;
            var action = Of(Of(root, "value"), "action");
            var data = Of(action, "data");
            return new BotActivity
            {
                Type = Text(root, "type") ?? throw new FormatException("An activity without a type."),
                Name = Text(root, "name"),
                ServiceUrl = Text(root, "serviceUrl") ?? throw new FormatException("An activity without a serviceUrl."),
                ChannelId = Text(root, "channelId") ?? throw new FormatException("An activity without a channelId."),
                Tenant = Text(Of(root, "conversation"), "tenantId") ?? Text(Of(Of(root, "channelData"), "tenant"), "id"),
                Conversation = Text(Of(root, "conversation"), "id"),
                User = Text(Of(root, "from"), "id"),
                ObjectId = Text(Of(root, "from"), "aadObjectId"),
                Verb = Text(action, "verb"),
                Value = Text(data, BotCard.Value),
                Reason = Words(data),
            };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new FormatException("The body is not an activity.", e);
        }
    }

    private static string? Words(JsonElement data) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(BotCard.Reason, out var value) && value.ValueKind == JsonValueKind.String
        && value.GetString()!.ReplaceLineEndings("\n").Trim() is { Length: > 0 } words ? words : null;

    private static JsonElement Of(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var found) ? found : default;

    private static string? Text(JsonElement parent, string name) =>
        Of(parent, name) is { ValueKind: JsonValueKind.String } found && found.GetString() is { Length: > 0 and <= LongestId } text ? text : null;
}

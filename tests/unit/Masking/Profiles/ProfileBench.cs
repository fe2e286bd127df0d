using System.Text;
using System.Text.Json;
using Chaperone.Masking.Masks;

namespace Chaperone.Masking.Tests.Profiles;

/// <summary>A masker with a key of its own, and ways to mask a value, a text or a whole message by a profile.</summary>
internal static class ProfileBench
{
    public static (string Id, byte[] Key) Old { get; } = ("k0", [.. Enumerable.Repeat((byte)7, 32)]);

    public static (string Id, byte[] Key) New { get; } = ("k1", [.. Enumerable.Repeat((byte)9, 32)]);

    public static Masker Masker { get; } = new(new MaskingOptions(), MaskingBench.Time, [New]);

    public static LinkKeys Keys { get; } = new([New]);

    public static string Value(string json, MaskingProfile profile = MaskingProfile.Linked, string? schema = null, string[]? exempt = null, Masker? masker = null, Guid session = default)
    {
        var message = $$$"""{"jsonrpc":"2.0","id":1,"result":{"content":[],"structuredContent":{{{json}}}}}""";
        var context = MaskingBench.ToolCall with { OutputSchema = schema, Exempt = exempt ?? [], SessionId = session };
        var masked = Encoding.UTF8.GetString((masker ?? Masker).Mask(Encoding.UTF8.GetBytes(message), profile, context).Bytes.Span);
        using var document = JsonDocument.Parse(masked);
        return document.RootElement.GetProperty("result").TryGetProperty("structuredContent", out var structured) ? structured.GetRawText() : masked;
    }

    public static string Field(string json, string name)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.GetProperty(name).ToString();
    }

    public static string Text(string text, MaskingProfile profile = MaskingProfile.Linked, string[]? exempt = null, Masker? masker = null, Guid session = default)
    {
        var message = $$$"""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":{{{JsonSerializer.Serialize(text)}}}}]}}""";
        var masked = (masker ?? Masker).Mask(Encoding.UTF8.GetBytes(message), profile, MaskingBench.ToolCall with { Exempt = exempt ?? [], SessionId = session });
        using var document = JsonDocument.Parse(masked.Bytes);
        return document.RootElement.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString()!;
    }
}

using System.Diagnostics.Metrics;
using System.Text;
using Chaperone.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Chaperone.Masking.Tests;

/// <summary>A masker with the default options and a clock that stands in 2026, and short ways to put a text, a value or a message through it.</summary>
internal static class MaskingBench
{
    public static FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));

    public static IMeterFactory Meters { get; } = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();

    public static Masker Masker { get; } = new(new MaskingOptions(), Time);

    public static MaskContext ToolCall { get; } = new() { Method = "tools/call", Server = "clinic", Tool = "query" };

    /// <summary>What becomes of a text block.</summary>
    public static string Text(string text, MaskingProfile profile = MaskingProfile.SafeHarbor)
    {
        var message = $$$"""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":{{{System.Text.Json.JsonSerializer.Serialize(text)}}}}]}}""";
        using var document = System.Text.Json.JsonDocument.Parse(Message(message, profile));
        return document.RootElement.GetProperty("result").GetProperty("content")[0].GetProperty("text").GetString()!;
    }

    /// <summary>What becomes of a JSON value as <c>structuredContent</c>.</summary>
    public static string Json(string json, string? schema = null)
    {
        var message = $$$"""{"jsonrpc":"2.0","id":1,"result":{"content":[],"structuredContent":{{{json}}}}}""";
        var masked = Message(message, MaskingProfile.SafeHarbor, ToolCall with { OutputSchema = schema });
        using var document = System.Text.Json.JsonDocument.Parse(masked);
        return document.RootElement.GetProperty("result").TryGetProperty("structuredContent", out var structured) ? structured.GetRawText() : masked;
    }

    /// <summary>What becomes of a whole message.</summary>
    public static string Message(string message, MaskingProfile profile = MaskingProfile.SafeHarbor, MaskContext? context = null) =>
        Encoding.UTF8.GetString(Run(message, profile, context).Bytes.Span);

    public static MaskedMessage Run(string message, MaskingProfile profile = MaskingProfile.SafeHarbor, MaskContext? context = null) =>
        Masker.Mask(Encoding.UTF8.GetBytes(message), profile, context ?? ToolCall);

    public static MaskFinding[] Findings(string text) =>
        Run($$$"""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":{{{System.Text.Json.JsonSerializer.Serialize(text)}}}}]}}""").Findings;
}

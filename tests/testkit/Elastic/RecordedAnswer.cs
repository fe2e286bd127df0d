using System.Text.Json.Nodes;

namespace Chaperone.TestKit.Elastic;

/// <summary>One request and what a real Elasticsearch 7.10.2 answered, in the order in which they were made.</summary>
public sealed record RecordedAnswer(string Title, string Method, string Path, string? ContentType, string? Body, int Status, JsonObject Answer)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<RecordedAnswer> ReadAll()
    {
        var file = System.IO.Path.Combine(SourceTree.Root, "tests", "testkit", "Elastic", "answers-7.10.json");
        return [.. JsonNode.Parse(File.ReadAllBytes(file))!.AsArray().Select(a => Read(a!.AsObject()))];
    }

    private static RecordedAnswer Read(JsonObject recorded)
    {
        var request = recorded["request"]!;
        var body = request["body"];
        return new RecordedAnswer(
            recorded["title"]!.ToString(),
            request["method"]!.ToString(),
            request["path"]!.ToString(),
            request["content_type"]?.ToString(),
            body is JsonObject json ? json.ToJsonString() : body?.ToString(),
            recorded["response"]!["status"]!.GetValue<int>(),
            recorded["response"]!["body"]!.AsObject());
    }
}

using System.Text.Json;

namespace Chaperone.Recorder.Elastic;

/// <summary>What became of one item of a bulk request.</summary>
/// <param name="Status">HTTP status of the item.</param>
/// <param name="ErrorType">Name of the error; null for a success.</param>
internal readonly record struct BulkResult(int Status, string? ErrorType)
{
    public bool IsCreated => Status is 200 or 201;

    /// <summary>A document of this id is there already, in the index that is written to now.</summary>
    public bool Exists => Status == 409;

    /// <summary>The document itself is at fault: sending it again would not help.</summary>
    public bool IsPoison => Status == 400 && !LacksField;

    /// <summary>The mapping is strict and does not know a field.</summary>
    public bool LacksField => Status == 400 && ErrorType == "strict_dynamic_mapping_exception";

    /// <summary>Reads the answer to a bulk request of <paramref name="count"/> items.</summary>
    /// <exception cref="ElasticException">It does not say what became of each item.</exception>
    public static IReadOnlyList<BulkResult> Read(JsonElement answer, int count)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("items", out var items) || items.ValueKind != JsonValueKind.Array || items.GetArrayLength() != count)
        {
            throw Unclear();
        }

        var results = new List<BulkResult>(count);
        foreach (var item in items.EnumerateArray())
        {
            results.Add(item.ValueKind == JsonValueKind.Object && item.TryGetProperty("create", out var create)
                && create.ValueKind == JsonValueKind.Object && create.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.Number && status.TryGetInt32(out var code)
                ? new BulkResult(code, create.TryGetProperty("error", out var error) ? ElasticAnswer.TypeOf(error) : null)
                : throw Unclear());
        }

        return results;
    }

    // Whatever answered so may have stored the documents: look before anything is sent again.
    private static ElasticException Unclear() => new(ElasticFault.Unsure, "The answer to a bulk request does not say what became of each document. Is the URL that of Elasticsearch?");
}

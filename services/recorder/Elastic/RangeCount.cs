using System.Text.Json;

namespace Chaperone.Recorder.Elastic;

/// <summary>What Elasticsearch counts in a range of records.</summary>
/// <param name="Records">Documents of audit and control: one for each record.</param>
/// <param name="Sum">Sum of their sequence numbers.</param>
/// <param name="Distinct">How many sequence numbers they have.</param>
/// <param name="Announced">Records that say that they have a body.</param>
/// <param name="Bodies">Documents of content.</param>
/// <param name="DistinctBodies">How many sequence numbers those have.</param>
internal sealed record RangeCount(long Records, double Sum, long Distinct, long Announced, long Bodies, long DistinctBodies)
{
    /// <summary>True when each record from <paramref name="from"/> to before <paramref name="to"/> has exactly one document. A record missing and another one doubled do not make up for each other: their sum differs.</summary>
    public bool HasEach(long from, long to) =>
        Records == to - from && Distinct == to - from && Sum == (from + to - 1) * (to - from) / 2.0;

    /// <summary>True when each record that says so has exactly one body.</summary>
    public bool HasBodies => Bodies == Announced && DistinctBodies == Announced;

    /// <summary>Reads the aggregations of <see cref="ElasticQueries.Count"/>.</summary>
    public static RangeCount Read(JsonElement aggregations)
    {
        var count = new RangeCount(0, 0, 0, 0, 0, 0);
        foreach (var stream in aggregations.GetProperty("streams").GetProperty("buckets").EnumerateArray())
        {
            var documents = stream.GetProperty("doc_count").GetInt64();
            var distinct = stream.GetProperty("distinct").GetProperty("value").GetInt64();
            count = stream.GetProperty("key").GetString() == ElasticDatasets.Content
                ? count with { Bodies = count.Bodies + documents, DistinctBodies = count.DistinctBodies + distinct }
                : count with
                {
                    Records = count.Records + documents,
                    Sum = count.Sum + stream.GetProperty("sequence").GetProperty("sum").GetDouble(),
                    Distinct = count.Distinct + distinct,
                    Announced = count.Announced + stream.GetProperty("bodies").GetProperty("doc_count").GetInt64(),
                };
        }

        return count;
    }
}

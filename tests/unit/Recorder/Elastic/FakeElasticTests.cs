using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Chaperone.TestKit.Elastic;

namespace Chaperone.Recorder.Tests.Elastic;

/// <summary>The fake is held against what a real server answered to the same requests in the same order.</summary>
public class FakeElasticTests
{
    // Times, addresses and names that differ from server to server, and what only 7.x says.
    private static readonly string[] NotCompared =
        ["took", "name", "cluster_name", "cluster_uuid", "version", "index_uuid", "_shards", "_type", "_seq_no", "_primary_term", "failed_shards", "root_cause", "phase", "grouped", "resource.type", "resource.id", "index", "shard", "_version"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fake_RecordedRequests_AnswersAsTheRealServerDid()
    {
        await using var fake = await FakeElastic.StartAsync(Cancel);
        using var http = new HttpClient { BaseAddress = fake.Url };
        var differences = new List<string>();

        foreach (var recorded in RecordedAnswer.ReadAll())
        {
            using var request = new HttpRequestMessage(new HttpMethod(recorded.Method), recorded.Path);
            if (recorded.Body is not null)
            {
                request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(recorded.Body));
                request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(recorded.ContentType!);
            }

            using var answer = await http.SendAsync(request, Cancel);
            var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel));
            if ((int)answer.StatusCode != recorded.Status)
            {
                differences.Add($"{recorded.Title}: {(int)answer.StatusCode} instead of {recorded.Status}");
            }

            differences.AddRange(Compare(recorded.Answer, body, recorded.Title));
        }

        Assert.Empty(differences);
    }

    [Fact]
    public async Task Fake_WhatItWasNotBuiltFor_IsAnError()
    {
        await using var fake = await FakeElastic.StartAsync(Cancel);
        using var http = new HttpClient { BaseAddress = fake.Url };

        using var answer = await http.GetAsync(new Uri("_cat/indices", UriKind.Relative), Cancel);

        Assert.Equal(400, (int)answer.StatusCode);
    }

    /// <summary>Whatever the real server said, the fake says too; it may say more.</summary>
    private static IEnumerable<string> Compare(JsonNode? recorded, JsonNode? made, string place)
    {
        switch (recorded)
        {
            case JsonObject fields when place.Contains("search: bad", StringComparison.Ordinal) || place.Contains("cluster health", StringComparison.Ordinal):
                return fields["status"]?.ToString() == made?["status"]?.ToString() ? [] : [$"{place}: another status"];
            case JsonObject fields:
                return fields.Where(f => !NotCompared.Contains(f.Key)).SelectMany(f => Compare(f.Value, (made as JsonObject)?[f.Key], $"{place} / {f.Key}"));
            case JsonArray list:
                return list.Count != (made as JsonArray)?.Count
                    ? [$"{place}: {(made as JsonArray)?.Count} instead of {list.Count}"]
                    : list.SelectMany((item, i) => Compare(item, made![i], $"{place} / {i}"));
            default:
                return Text(recorded) == Text(made) ? [] : [$"{place}: {Text(made)} instead of {Text(recorded)}"];
        }
    }

    private static string Text(JsonNode? value) => value is null ? "null"
        : value.GetValueKind() == JsonValueKind.Number ? value.GetValue<double>().ToString("R") : value.ToString();
}

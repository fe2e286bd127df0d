using System.Globalization;
using Chaperone.Contracts;
using Chaperone.Recorder.Elastic;
using Chaperone.Recorder.Search;
using Microsoft.Extensions.Options;

namespace Chaperone.Recorder.Tests.Elastic;

/// <summary>A recorder whose loop into Elasticsearch is stepped by the test.</summary>
internal static class ElasticRig
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts a recorder that sends to <paramref name="server"/>.</summary>
    public static Task<RecorderRig> StartAsync(ElasticServer server, string? folder = null, int batch = 100, params (string Key, string Value)[] more)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Recorder:Elastic:Url"] = server.Proxy.Url.AbsoluteUri,
            ["Recorder:Elastic:ApiKeyFile"] = ElasticServer.KeyFile(),
            ["Recorder:Elastic:Namespace"] = server.Namespace,
            ["Recorder:Elastic:BatchRecords"] = batch.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (key, value) in more)
        {
            settings[key.Contains(':', StringComparison.Ordinal) ? key : "Recorder:Elastic:" + key] = value;
        }

        return RecorderRig.StartAsync(folder, settings: settings);
    }

    /// <summary>Keeps so many calls.</summary>
    public static async Task KeepManyAsync(this RecorderRig rig, int records)
    {
        for (var left = records; left > 0; left -= 256)
        {
            await rig.KeepAsync([.. Enumerable.Range(0, Math.Min(left, 256)).Select(_ => rig.Entry())]);
        }
    }

    /// <summary>One round of the loop, or several until it waits for nothing; the pauses that it asks for pass at once.</summary>
    public static async Task FollowElasticAsync(this RecorderRig rig, int mostRounds = 20)
    {
        for (var round = 0; round < mostRounds; round++)
        {
            if (await rig.RoundAsync() is not { } pause)
            {
                if (rig.Get<ElasticProjector>().Mark is not null)
                {
                    return;
                }

                pause = rig.Get<IOptions<RecorderOptions>>().Value.Elastic.SettleAfter;
            }

            rig.Time.Advance(pause);
        }

        Assert.Fail($"Elasticsearch is still not followed up after {mostRounds} rounds: {rig.Health.ElasticWarning}");
    }

    public static async Task<TimeSpan?> RoundAsync(this RecorderRig rig) => await rig.Get<ElasticFollower>().TryRoundAsync(Cancel);

    /// <summary>Every record has exactly one document, and one body.</summary>
    public static async Task AssertEachOnceAsync(this RecorderRig rig, ElasticServer server, long records)
    {
        long[] each = [.. Enumerable.Range(0, (int)records).Select(i => (long)i)];
        Assert.Equal(each, await server.SequencesAsync(ElasticDatasets.Audit));
        Assert.Equal(each, await server.SequencesAsync(ElasticDatasets.Content));
        Assert.Equal(records, (await rig.Store.ReadHeadAsync(Cancel)).Size);
    }

    /// <summary>The next round counts everything again.</summary>
    public static void PassAnHour(this RecorderRig rig) => rig.Time.Advance(TimeSpan.FromHours(1));

    public static Task<string?> StateAsync(this RecorderRig rig, string name) => rig.Get<ISearchStore>().ReadStateAsync(name, Cancel).AsTask();

    public static MaskFinding[] Findings(params (string Type, int Count)[] findings) => [.. findings.Select(f => new MaskFinding { Type = f.Type, Count = f.Count })];
}

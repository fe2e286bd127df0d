using System.Text;
using Chaperone.Bus;
using Chaperone.Contracts;

namespace Chaperone.Recorder.Tests;

/// <summary>Recorded calls that the policy room decides anew.</summary>
public class ReadCallsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_OfAPeriod_GivesIntentsNewestFirstWithTheirMessages()
    {
        await using var rig = await RecorderRig.StartAsync();
        var entries = new List<RecordEntry>();
        for (var i = 0; i < 5; i++)
        {
            entries.Add(rig.Entry(raw: $"{{\"n\":{i}}}") with { Kind = i == 2 ? RecordKind.Outcome : RecordKind.Intent });
            await rig.KeepAsync(entries[i]);
            rig.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await rig.FollowAsync();

        var all = await ReadAsync(rig, new ReadCalls());
        var first = await ReadAsync(rig, new ReadCalls { Limit = 2 });
        var rest = await ReadAsync(rig, new ReadCalls { Limit = 500, Below = first.Next });
        var late = await ReadAsync(rig, new ReadCalls { From = entries[3].OccurredAt });

        Assert.Equal([4, 3, 1, 0], all.Calls.Select(c => Number(rig, c)));
        Assert.Equal((null, 0), (all.Next, all.Unreadable));
        Assert.Equal([4, 3], first.Calls.Select(c => Number(rig, c)));
        Assert.Equal([1, 0], rest.Calls.Select(c => Number(rig, c)));
        Assert.Null(rest.Next);
        Assert.Equal([4, 3], late.Calls.Select(c => Number(rig, c)));
    }

    /// <summary>A message of the bus has an end: large calls come in parts, and none is lost.</summary>
    [Fact]
    public async Task Read_LargeMessages_ComeInParts()
    {
        await using var rig = await RecorderRig.StartAsync();
        for (var i = 0; i < 4; i++)
        {
            await rig.KeepAsync(rig.Entry(raw: $"{{\"n\":{i},\"x\":\"{new string('x', 1_500_000)}\"}}"));
            rig.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await rig.FollowAsync();

        var (numbers, parts, below) = (new List<int>(), 0, (long?)null);
        do
        {
            var page = await ReadAsync(rig, new ReadCalls { Below = below });
            numbers.AddRange(page.Calls.Select(c => Number(rig, c)));
            (below, parts) = (page.Next, parts + 1);
        }
        while (below is not null);

        Assert.Equal([3, 2, 1, 0], numbers);
        Assert.Equal(2, parts);
    }

    private static int Number(RecorderRig rig, StoredCall call)
    {
        using var json = System.Text.Json.JsonDocument.Parse(Encoding.UTF8.GetString(rig.Seal.Open(call.Message!, call.Call.CallId)));
        return json.RootElement.GetProperty("n").GetInt32();
    }

    private static async Task<CallsRead> ReadAsync(RecorderRig rig, ReadCalls request) => await rig.Get<IDoor<ReadCalls, CallsRead>>().AnswerAsync(request, Cancel);
}

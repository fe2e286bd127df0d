using System.Text;
using Chaperone.Bus;
using Chaperone.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Chaperone.Recorder.Tests;

public class RevealTests
{
    private const string Reason = "Jane Roe asked who read her chart, ticket 4711.";

    private static readonly Principal Officer = new() { Issuer = "https://issuer.example", Subject = "officer", Name = "Olga Officer", Groups = ["privacy"], ClientId = "console" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reveal_SealedPart_IsRecordedAndShown()
    {
        await using var rig = await RecorderRig.StartAsync();
        var entry = rig.Entry(raw: """{"ssn":"078-05-1120"}""");
        await rig.KeepAsync(entry);

        var revealed = await RevealAsync(rig, 0, entry.EventId);

        Assert.Null(revealed.Problem);
        var part = Assert.Single(revealed.Parts);
        Assert.Equal(("request_raw", """{"ssn":"078-05-1120"}"""), (part.Name, Encoding.UTF8.GetString(rig.Seal.Open(part.Content, entry.EventId))));
        var transcript = await TranscriptAsync(rig, entry);
        Assert.Equal(["request_raw"], transcript.Entries[0].SealedParts);
        var told = transcript.Entries[1].Entry;
        Assert.Equal((RecordKind.Reveal, revealed.RevealId, "officer", $"showed request_raw of record 0 ({entry.EventId})"), (told.Kind, told.EventId, told.Actor!.Subject, told.Note));
        Assert.Equal(["reason"], transcript.Entries[1].SealedParts);
        await rig.AssertIntactAsync(2);
    }

    /// <summary>Invariant 4: neither the reason nor the content stands in clear anywhere on disk.</summary>
    [Fact]
    public async Task Reveal_ReasonAndContent_StaySealedOnDisk()
    {
        await using var rig = await RecorderRig.StartAsync();
        var entry = rig.Entry(raw: """{"ssn":"078-05-1120"}""");
        await rig.KeepAsync(entry);
        await RevealAsync(rig, 0, entry.EventId);
        await rig.Log.PublishAsync(Cancel);
        await rig.FollowAsync();

        var again = await RevealAsync(rig, 1, (await TranscriptAsync(rig, entry)).Entries[1].Entry.EventId);

        Assert.Contains("Jane Roe", Encoding.UTF8.GetString(rig.Seal.Open(again.Parts[0].Content, (await TranscriptAsync(rig, entry)).Entries[1].Entry.EventId)), StringComparison.Ordinal);
        foreach (var file in Directory.EnumerateFiles(rig.Folder, "*", SearchOption.AllDirectories))
        {
            var text = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, Cancel));
            Assert.DoesNotContain("Jane Roe", text, StringComparison.Ordinal);
            Assert.DoesNotContain("078-05-1120", text, StringComparison.Ordinal);
        }

        Assert.Empty(rig.Errors);
    }

    /// <summary>Invariant 1: what cannot be recorded is not shown.</summary>
    [Fact]
    public async Task Reveal_CannotBeRecorded_ShowsNothing()
    {
        await using var rig = await RecorderRig.StartAsync(change: services => services.AddSingleton<FullKeeper>().AddSingleton<IRecordKeeper>(p => p.GetRequiredService<FullKeeper>()));
        var entry = rig.Entry();
        await ActivatorUtilities.CreateInstance<RecordKeeper>(rig.Get<IServiceProvider>()).KeepAsync([entry], Cancel);

        await Assert.ThrowsAsync<RecordsNotKeptException>(() => RevealAsync(rig, 0, entry.EventId));

        Assert.Equal(1, rig.Get<FullKeeper>().Asked);
    }

    [Theory]
    [InlineData(0, false, Reason, "no such record")]
    [InlineData(7, true, Reason, "no such record")]
    [InlineData(-1, true, Reason, "no such record")]
    [InlineData(0, true, "because", "give 10 to 500")]
    [InlineData(0, true, "            ", "give 10 to 500")]
    public async Task Reveal_WrongRecordOrNoReason_RecordsAndShowsNothing(long index, bool same, string reason, string says)
    {
        await using var rig = await RecorderRig.StartAsync();
        var entry = rig.Entry();
        await rig.KeepAsync(entry);

        var revealed = await RevealAsync(rig, index, same ? entry.EventId : Guid.CreateVersion7(rig.Time.GetUtcNow()), reason);

        Assert.Contains(says, revealed.Problem, StringComparison.Ordinal);
        Assert.Empty(revealed.Parts);
        await rig.AssertIntactAsync(1);
    }

    [Fact]
    public async Task Reveal_NothingSealed_SaysSo()
    {
        await using var rig = await RecorderRig.StartAsync();
        var entry = rig.Entry();
        entry = entry with { Parts = [entry.Parts[1]] };
        await rig.KeepAsync(entry);

        Assert.Contains("Nothing of this record is sealed", (await RevealAsync(rig, 0, entry.EventId)).Problem, StringComparison.Ordinal);
    }

    private static Task<RecordRevealed> RevealAsync(RecorderRig rig, long index, Guid eventId, string reason = Reason) =>
        rig.AskAsync<RevealRecord, RecordRevealed>(new RevealRecord { Index = index, EventId = eventId, Actor = Officer, Reason = rig.Seal.Seal(Encoding.UTF8.GetBytes(reason), eventId) });

    private static Task<SessionTranscript> TranscriptAsync(RecorderRig rig, RecordEntry entry) =>
        rig.AskAsync<ReadSession, SessionTranscript>(new ReadSession { SessionId = entry.Call!.SessionId });

    private sealed class FullKeeper : IRecordKeeper
    {
        public int Asked { get; private set; }

        public ValueTask KeepAsync(IReadOnlyList<RecordEntry> entries, CancellationToken cancellationToken)
        {
            Asked++;
            throw new RecordsNotKeptException("The disk is full.");
        }
    }
}

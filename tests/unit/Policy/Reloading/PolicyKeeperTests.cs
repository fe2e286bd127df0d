using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Policy.Reading;
using Chaperone.TestKit;
using Microsoft.Extensions.Time.Testing;
using static Chaperone.Policy.Tests.PolicyText;

namespace Chaperone.Policy.Tests.Reloading;

public sealed class PolicyKeeperTests
{
    private const string Allowing = Head + "  - { name: a, match: { tool: query }, effect: allow }\n";
    private const string Denying = Head + "  - { name: d, match: { tool: query }, effect: deny }\n";
    private const string Broken = Head + "  - { name: a, match: { tool: query }, effect: permit }\n";

    private static CallEffect Effect(PolicyRoom room) => room.Keeper.Current.Decide(Call("tools/call", "query")).Decision.Effect;

    [Fact]
    public async Task Start_GoodFile_IsInForceAndRecorded()
    {
        await using var room = new PolicyRoom(Allowing);

        await room.StartAsync();

        Assert.Equal(CallEffect.Allow, Effect(room));
        var entry = await room.Journal.NextAsync(TestContext.Current.CancellationToken);
        Assert.Equal((RecordKind.Configuration, "policy"), (entry.Kind, entry.Source));
        Assert.Equal($$"""{"policy":"accepted","digest":"{{room.Keeper.Current.Document.Digest}}","rules":1,"file":"policy.yaml","previous":null,"signers":[],"added":[],"removed":[],"changed":[]}""", entry.Note);
        Assert.Equal(7, entry.EventId.Version);
    }

    [Fact]
    public async Task Start_BrokenFile_RefusedWithAllProblems()
    {
        await using var room = new PolicyRoom("version: 2\nsurplus: 1\n");

        var refused = await Assert.ThrowsAsync<PolicyFileException>(() => room.Keeper.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal(2, refused.Problems.Count);
        Assert.Contains("policy.yaml:2:1 surplus: is no known key", refused.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => room.Keeper.Current);
    }

    [Fact]
    public async Task Start_MissingFile_Refused()
    {
        await using var room = new PolicyRoom(Allowing);
        File.Delete(room.File);

        var refused = await Assert.ThrowsAsync<PolicyFileException>(() => room.Keeper.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal($"policy.yaml: {room.File} does not exist; create it and let this process read it, or set Policy:File", refused.Problems.Single().ToString());
    }

    [Fact]
    public async Task Change_OfAnIncludedFile_ComesIntoForce()
    {
        await using var room = new PolicyRoom(Head + "  []\ninclude: more.yaml\n");
        var more = Path.Combine(room.Folder, "more.yaml");
        await File.WriteAllTextAsync(more, "version: 1\nrules: [{ name: a, match: { tool: query }, effect: allow }]\n", TestContext.Current.CancellationToken);
        await room.StartAsync();
        var (before, digest) = (Effect(room), room.Keeper.Current.Document.Digest);

        await File.WriteAllTextAsync(more, "version: 1\nrules: []\n", TestContext.Current.CancellationToken);
        await room.UntilAsync(() => room.Keeper.Current.Document.Digest != digest);

        Assert.Equal((CallEffect.Allow, CallEffect.Deny), (before, Effect(room)));
        Assert.NotEqual(digest, room.Keeper.Current.Document.Digest);
    }

    [Fact]
    public async Task Change_WrittenInPlace_ComesIntoForce()
    {
        await using var room = new PolicyRoom(Allowing);
        await room.StartAsync();

        await File.WriteAllTextAsync(room.File, Denying, TestContext.Current.CancellationToken);
        await room.NextReadAsync();

        Assert.Equal(CallEffect.Deny, Effect(room));
    }

    [Fact]
    public async Task Change_ByRename_ComesIntoForce()
    {
        await using var room = new PolicyRoom(Allowing);
        await room.StartAsync();

        room.Replace(Denying);
        await room.NextReadAsync();

        Assert.Equal(CallEffect.Deny, Effect(room));
    }

    /// <summary>Kubernetes swaps links and never touches the file itself.</summary>
    [Fact]
    public async Task Change_BySwappedLink_ComesIntoForce()
    {
        await using var room = new PolicyRoom(Allowing, poll: TimeSpan.FromMilliseconds(100));
        foreach (var (version, yaml) in new[] { ("v1", Allowing), ("v2", Denying) })
        {
            Directory.CreateDirectory(Path.Combine(room.Folder, version));
            await File.WriteAllTextAsync(Path.Combine(room.Folder, version, "policy.yaml"), yaml, TestContext.Current.CancellationToken);
        }

        File.Delete(room.File);
        File.CreateSymbolicLink(room.File, Path.Combine("v1", "policy.yaml"));
        await room.StartAsync();

        var next = Path.Combine(room.Folder, "next");
        File.CreateSymbolicLink(next, Path.Combine("v2", "policy.yaml"));
        File.Move(next, room.File, overwrite: true);
        await room.NextReadAsync();

        Assert.Equal(CallEffect.Deny, Effect(room));
    }

    [Fact]
    public async Task Change_Broken_KeepsLastGoodAndShoutsOnce()
    {
        await using var room = new PolicyRoom(Allowing, poll: TimeSpan.FromMilliseconds(100));
        await room.StartAsync();
        await room.Journal.NextAsync(TestContext.Current.CancellationToken);
        var good = room.Keeper.Current.Document.Digest;

        room.Replace(Broken);
        await room.NextReadAsync();
        await room.Keeper.LookAsync(TestContext.Current.CancellationToken);

        Assert.Equal(CallEffect.Allow, Effect(room));
        Assert.Contains("policy.yaml:5:48 rules[0].effect: is no effect: permit; use allow, deny or approve", Assert.Single(room.Errors), StringComparison.Ordinal);
        Assert.Equal("rules[0].effect", Assert.Single(room.Keeper.Problems).Key);
        var note = JsonDocument.Parse((await room.Journal.NextAsync(TestContext.Current.CancellationToken)).Note!).RootElement;
        Assert.Equal("rejected", note.GetProperty("policy").GetString());
        Assert.Equal(good, note.GetProperty("inForce").GetString());
        Assert.NotEqual(good, note.GetProperty("digest").GetString());
    }

    [Fact]
    public async Task Change_BrokenThenGoodAgain_Recovers()
    {
        await using var room = new PolicyRoom(Allowing);
        await room.StartAsync();

        room.Replace(Broken);
        await room.NextReadAsync();
        room.Replace(Allowing);
        await room.NextReadAsync();

        Assert.Empty(room.Keeper.Problems);
        Assert.Equal(CallEffect.Allow, Effect(room));
    }

    [Fact]
    public async Task Change_Deleted_KeepsLastGoodAndShouts()
    {
        await using var room = new PolicyRoom(Allowing);
        await room.StartAsync();

        File.Delete(room.File);
        await room.NextReadAsync();

        Assert.Equal(CallEffect.Allow, Effect(room));
        Assert.Contains("does not exist", Assert.Single(room.Errors), StringComparison.Ordinal);
    }

    /// <summary>The recorder may start after policy, or be away for long: the version must neither wait for it nor go unrecorded.</summary>
    [Fact]
    public async Task RecorderAway_VersionIsInForceAndRecordedLater()
    {
        var time = new FakeTimeProvider();
        await using var room = new PolicyRoom(Allowing, time);
        room.Journal.Fails = true;

        await room.StartAsync();

        Assert.Equal(CallEffect.Allow, Effect(room));
        var refused = await room.Journal.NextRefusedAsync(TestContext.Current.CancellationToken);
        room.Journal.Fails = false;
        await TestLimits.UntilAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return ValueTask.FromResult(!room.Journal.Entries.IsEmpty);
            },
            "the record to be kept",
            TestContext.Current.CancellationToken);
        Assert.Equal(refused.EventId, (await room.Journal.NextAsync(TestContext.Current.CancellationToken)).EventId);
    }
}

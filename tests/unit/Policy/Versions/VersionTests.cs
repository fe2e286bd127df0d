using System.Text;
using System.Text.Json.Nodes;
using static Chaperone.Policy.Tests.PolicyText;

namespace Chaperone.Policy.Tests.Versions;

/// <summary>Each version that came into force is kept as it was, and what it changed is recorded.</summary>
public sealed class VersionTests
{
    private const string First = Head + "  - { name: a, match: { tool: query }, effect: allow }\n  - { name: gone, match: { tool: x }, effect: deny }\n";
    private const string Second = Head + "  - { effect: deny, match: { tool: query }, name: a }\n  - { name: new, match: { tool: y }, effect: deny }\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Change_IsKeptAndRecordedWithWhatItChanged()
    {
        await using var room = new PolicyRoom(First);
        await room.StartAsync();
        var first = room.Keeper.Current.Document.Digest;
        await room.Journal.NextAsync(Token);

        room.Replace(Second);
        await room.UntilAsync(() => room.Archive.Read().Count == 2);

        var version = room.Archive.Read()[^1];
        Assert.Equal((room.Keeper.Current.Document.Digest, first, 2), (version.Digest, version.Previous, version.Rules));
        Assert.Equal(("rule new", "rule gone", "rule a"), (version.Changes.Added.Single(), version.Changes.Removed.Single(), version.Changes.Changed.Single()));
        var note = JsonNode.Parse((await room.Journal.NextAsync(Token)).Note!)!;
        Assert.Equal((first, "rule new", "rule gone", "rule a"), ((string?)note["previous"], (string?)note["added"]![0], (string?)note["removed"]![0], (string?)note["changed"]![0]));
    }

    [Fact]
    public async Task Files_OfEachVersion_AreAsTheyWere()
    {
        await using var room = new PolicyRoom(First);
        await room.StartAsync();
        var first = room.Keeper.Current.Document.Digest;
        room.Replace(Second);
        await room.UntilAsync(() => room.Archive.Read().Count == 2);

        Assert.Equal(First, Encoding.UTF8.GetString(Assert.Single(room.Archive.Files(first[..12])!).Bytes));
        Assert.Equal(Second, Encoding.UTF8.GetString(Assert.Single(room.Archive.Files(room.Keeper.Current.Document.Digest)!).Bytes));
        Assert.Null(room.Archive.Files("ffff"));
        Assert.Null(room.Archive.Files(string.Empty));
    }

    [Fact]
    public async Task Change_OfSpellingOnly_ChangesNothingByName()
    {
        await using var room = new PolicyRoom(First);
        await room.StartAsync();

        room.Replace(First + "\n# a remark\n");
        await room.UntilAsync(() => room.Archive.Read().Count == 2);

        var changes = room.Archive.Read()[^1].Changes;
        Assert.Equal((0, 0, 0), (changes.Added.Length, changes.Removed.Length, changes.Changed.Length));
        Assert.Equal(2, room.Archive.Read().Count);
    }

    [Fact]
    public async Task Start_Again_AddsNoVersion()
    {
        await using var room = new PolicyRoom(First);
        await room.StartAsync();
        await using var again = new PolicyRoom(First, archive: room.Archive);

        await again.StartAsync();

        Assert.Single(room.Archive.Read());
    }

    /// <summary>Attack: a line in the journal of versions that leads out of its folder.</summary>
    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    public async Task Read_LineThatLeadsOut_IsPassedOver(string name)
    {
        await using var room = new PolicyRoom(First);
        await room.StartAsync();
        var journal = Path.Combine(room.Archive.Folder, "versions.jsonl");

        await File.AppendAllTextAsync(journal, (await File.ReadAllTextAsync(journal, Token)).Replace("[\"policy.yaml\"]", $"[\"{name}\"]", StringComparison.Ordinal) + "{\"cut", Token);

        Assert.Single(room.Archive.Read());
    }

    [Fact]
    public async Task Keep_FolderThatCannotBeWritten_HoldsUpNothingButIsTold()
    {
        await using var room = new PolicyRoom(First);
        await File.WriteAllTextAsync(room.Archive.Folder, "in the way", Token);

        await room.StartAsync();

        Assert.NotNull(room.Versions.Problem);
        Assert.Contains(room.Errors, e => e.Contains("NOT kept", StringComparison.Ordinal));
    }
}

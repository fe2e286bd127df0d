using Chaperone.Console.Replay;
using Chaperone.Contracts;
using Chaperone.TestKit.Rooms;

namespace Chaperone.Console.Tests.Replay;

public sealed class ToolListsTests
{
    private static readonly OpenSeal Seal = new();

    private readonly RoomFacts _facts = new(Seal, TimeProvider.System, "https://login.example");

    /// <summary>Attack: a description that changes after it was approved ("rug pull") is seen between two lists.</summary>
    [Fact]
    public void Compare_AddedRemovedChanged_AreNamed()
    {
        var seen = ToolLists.Compare(
            [
                Answer(0, """[{"name":"a","description":"reads"},{"name":"b","inputSchema":{"type":"object"}}]"""),
                Answer(1, """[{"name":"b","inputSchema":{"type":"object"}},{"name":"a","description":"reads"}]"""),
                Answer(2, """[{"name":"a","description":"reads, and sends a copy"},{"name":"c"}]"""),
            ],
            Seal);

        Assert.Equal(3, seen.Count);
        Assert.Equal((true, "a b"), (seen[0].IsFirst, string.Join(' ', seen[0].Tools)));
        Assert.True(seen[1].IsSame);
        Assert.Equal((2, "c", "b"), (seen[2].Index, Assert.Single(seen[2].Added), Assert.Single(seen[2].Removed)));
        Assert.Equal(new ToolChange("a", "description", "reads", "reads, and sends a copy"), Assert.Single(seen[2].Changed));
    }

    [Fact]
    public void Compare_ListInPages_CountsAsOne()
    {
        var seen = ToolLists.Compare(
            [
                Answer(0, """[{"name":"a"}]""", next: "\"2\""),
                Answer(1, """[{"name":"b"}]""", cursor: true),
                Answer(2, """[{"name":"a"}]""", next: "\"2\""),
                Answer(3, """[{"name":"b"},{"name":"d"}]""", cursor: true),
            ],
            Seal);

        Assert.Equal(["a b", "a b d"], seen.Select(l => string.Join(' ', l.Tools)));
        Assert.Equal("d", Assert.Single(seen[1].Added));
        Assert.Empty(seen[1].Removed);
    }

    /// <summary>Whatever an upstream answers, the page is drawn.</summary>
    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"error":{"code":1}}""")]
    [InlineData("""{"result":7}""")]
    [InlineData("""{"result":{"tools":{"name":"a"}}}""")]
    public void Compare_NoList_IsLeftOut(string response) =>
        Assert.Empty(ToolLists.Compare([_facts.Entry(0, RecordKind.Outcome, null, null, null, ("response_masked", response))], Seal));

    [Fact]
    public void Compare_OddTools_AreTakenAsTheyCan() =>
        Assert.Equal(["a"], Assert.Single(ToolLists.Compare([Answer(0, """[7,{"name":7},{"x":1},{"name":"a"},{"name":"a","title":"t"}]""")], Seal)).Tools);

    private TranscriptEntry Answer(long index, string tools, string next = "null", bool cursor = false) => _facts.Entry(
        index,
        RecordKind.Outcome,
        null,
        null,
        null,
        ("request_masked", cursor ? """{"params":{"cursor":"2"}}""" : "{}"),
        ("response_masked", "{\"result\":{\"tools\":" + tools + ",\"nextCursor\":" + next + "}}"));
}

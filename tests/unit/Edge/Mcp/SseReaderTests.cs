using System.Text;
using Chaperone.Edge.Mcp;
using FsCheck.Xunit;

namespace Chaperone.Edge.Tests.Mcp;

public sealed class SseReaderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("data: a\n\n", "a")]
    [InlineData("data:a\n\n", "a")]
    [InlineData("data:  a\n\n", " a")]
    [InlineData("data: a\ndata: b\n\n", "a\nb")]
    [InlineData("data: a\r\n\r\n", "a")]
    [InlineData("data: a\r\r", "a")]
    [InlineData("\uFEFFdata: a\n\n", "a")]
    [InlineData(": comment\ndata: a\n\n", "a")]
    [InlineData("unknown: x\ndata: a\n\n", "a")]
    [InlineData("data\n\n", "")]
    [InlineData("data: a\ndata\n\n", "a\n")]
    public async Task Read_OneEvent_HasItsData(string text, string data)
    {
        var frame = Assert.Single(await ReadAsync(text, int.MaxValue));

        Assert.Equal(data, Encoding.UTF8.GetString(frame.Data));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n\n")]
    [InlineData(": only a comment\n\n")]
    [InlineData("data: never ended")]
    [InlineData("data: never ended\n")]
    public async Task Read_NoWholeEvent_YieldsNothing(string text) => Assert.Empty(await ReadAsync(text, int.MaxValue));

    [Fact]
    public async Task Read_IdOnlyEvent_KeepsItsId() =>
        Assert.Equal("7", Assert.Single(await ReadAsync("id: 7\n\n", int.MaxValue)).Id);

    [Theory]
    [InlineData("data: 0123456789\n\n")]
    [InlineData("data: 01234\ndata: 56789\n\n")]
    [InlineData("data: 0123456789012345678901234567890123456789")]
    public async Task Read_EventAboveTheLimit_Throws(string text) =>
        await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(text, int.MaxValue, limit: 8));

    /// <summary>However the network cuts a stream, its events are the same.</summary>
    [Property(MaxTest = 200)]
    public async Task Read_AnyChunking_YieldsTheSameEvents(FsCheck.PositiveInt size)
    {
        const string text = "event: message\r\nid: 1\r\ndata: {\"a\":\r\ndata: 1}\r\n\r\n: ka\n\nid: 2\ndata: é\n\nretry: 5\rdata: x\r\r";

        var whole = await ReadAsync(text, int.MaxValue);
        var cut = await ReadAsync(text, (size.Get % 7) + 1);

        Assert.Equal(whole.Select(f => Encoding.UTF8.GetString(f.ToBytes())), cut.Select(f => Encoding.UTF8.GetString(f.ToBytes())));
        Assert.Equal(3, whole.Count);
    }

    [Property]
    public async Task WriteThenRead_AnyData_IsTheSame(string[] lines)
    {
        var data = string.Join('\n', lines.Select(l => (l ?? string.Empty).Replace('\r', ' ').Replace('\n', ' ')));
        var frame = new SseFrame { EventType = "message", Id = "1", Data = Encoding.UTF8.GetBytes(data) };

        var read = Assert.Single(await ReadAsync(Encoding.UTF8.GetString(frame.ToBytes()), int.MaxValue));

        Assert.Equal(frame.Data, read.Data);
        Assert.Equal(("message", "1"), (read.EventType, read.Id));
    }

    private static async Task<List<SseFrame>> ReadAsync(string text, int chunk, int limit = 1 << 20)
    {
        var frames = new List<SseFrame>();
        await foreach (var frame in SseReader.ReadAsync(new ChunkedStream(Encoding.UTF8.GetBytes(text), chunk), limit, Token))
        {
            frames.Add(frame);
        }

        return frames;
    }

    private sealed class ChunkedStream(byte[] bytes, int chunk) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(chunk, buffer.Length)], cancellationToken);
    }
}

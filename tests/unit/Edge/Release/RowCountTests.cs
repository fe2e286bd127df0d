using System.Text;
using Chaperone.Edge.Release;

namespace Chaperone.Edge.Tests.Release;

public sealed class RowCountTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"error":{"code":1,"message":"x"}}""", 0)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"content":[]}}""", 0)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"one"}]}}""", 1)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"a,b\n1,2\n\n3,4\n"}]}}""", 3)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"[{\"a\":1},{\"a\":2}]"}]}}""", 2)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"{\"rows\":[[1],[2],[3]],\"columns\":[\"a\"]}"}]}}""", 4)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"[no json\nat all"}]}}""", 2)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"structuredContent":{"rows":[1,2,3]},"content":[{"type":"text","text":"{\"rows\":[1,2,3]}"}]}}""", 3)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"structuredContent":{"a":1},"content":[{"type":"text","text":"1\n2\n3"}]}}""", 3)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"contents":[{"uri":"u","text":"a\nb"}]}}""", 2)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"messages":[{"role":"user","content":{"type":"text","text":"a\nb"}}]}}""", 2)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"resource","resource":{"uri":"u","text":"a\nb"}},{"type":"image","data":"x","mimeType":"image/png"}]}}""", 3)]
    public void Answer_Rows_AreCounted(string message, long rows) => Assert.Equal(rows, RowCount.Of(Encoding.UTF8.GetBytes(message)));
}

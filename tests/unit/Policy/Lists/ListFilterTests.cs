using System.Text;
using Chaperone.Policy.Deciding;
using Chaperone.Policy.Lists;
using static Chaperone.Policy.Tests.PolicyText;

namespace Chaperone.Policy.Tests.Lists;

public sealed class ListFilterTests
{
    private static readonly PolicyEngine Policy = Engine(
        "{ name: t, match: { role: nurse, tool: ['get_*', ask] }, effect: allow }",
        "{ name: s, match: { role: nurse, tool: ask, arguments: { sql: drop } }, effect: deny }",
        "{ name: h, match: { tool: get_secret }, effect: deny }",
        "{ name: p, match: { role: nurse, prompt: summary }, effect: allow }",
        "{ name: r, match: { role: nurse, resource: 'chart://*' }, effect: approve, approval: { role: admin } }");

    private static string? Filter(string answer, string method = "tools/list", string version = "2025-11-25", string server = "clinic", string group = "nurses") =>
        ListFilter.Filter(Encoding.UTF8.GetBytes(answer), Call(method, server: server, groups: group) with { ProtocolVersion = version }, Policy, 60_000) is { } filtered
            ? Encoding.UTF8.GetString(filtered.Answer.Span)
            : null;

    [Theory]
    [InlineData(
        """{"jsonrpc":"2.0", "id":1,"result": {"x":[ 1.0 ],"tools":[ {"name":"drop"}, {"name":"get_\u0061", "n": 1e2} ,{"name":"ask"},{"name":"get_secret"}],"nextCursor":"c" }}""",
        """{"jsonrpc":"2.0", "id":1,"result": {"x":[ 1.0 ],"tools":[{"name":"get_\u0061", "n": 1e2},{"name":"ask"}],"nextCursor":"c" }}""")]
    [InlineData("""{"id":1,"result":{"prompts":[{"name":"other"},{"name":"summary"}]}}""", """{"id":1,"result":{"prompts":[{"name":"summary"}]}}""")]
    [InlineData("""{"id":1,"result":{"resources":[{"uri":"hr://1","name":"get_a"},{"uri":"chart://1"}]}}""", """{"id":1,"result":{"resources":[{"uri":"chart://1"}]}}""")]
    [InlineData("""{"id":1,"result":{"resourceTemplates":[{"uriTemplate":"chart://{id}"},{"uriTemplate":"hr://{id}"}]}}""", """{"id":1,"result":{"resourceTemplates":[{"uriTemplate":"chart://{id}"}]}}""")]
    [InlineData("""{"id":1,"result":{"tools":[{"name":"x"}],"prompts":[{"name":"y"}]}}""", """{"id":1,"result":{"tools":[],"prompts":[]}}""")]
    [InlineData("""{"id":1,"result":{"tools":[7,{"name":7},{},null,"get_a"]}}""", """{"id":1,"result":{"tools":[]}}""")]
    public void Entries_NotForCaller_AreTakenOut(string answer, string expected) => Assert.Equal(expected, Filter(answer));

    [Theory]
    [InlineData("""{"id":1, "result":{"tools":[ {"name":"get_a"} ]} }""")]
    [InlineData("""{"id":1,"result":{"tools":[]}}""")]
    [InlineData("""{"id":1,"error":{"code":-32601,"message":"no","data":{"tools":[{"name":"drop"}]}}}""")]
    [InlineData("""{"id":1,"result":{"resultType":"input_required","requestState":"s"}}""")]
    public void NothingToHide_BytesAreUntouched(string answer) => Assert.Equal(answer, Filter(answer));

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("[]")]
    [InlineData("""{"id":1}""")]
    [InlineData("""{"id":1,"result":null}""")]
    [InlineData("""{"id":1,"result":{}}""")]
    [InlineData("""{"id":1,"result":{"tools":{}}}""")]
    [InlineData("""{"id":1,"result":{"tools":[]},"error":{}}""")]
    [InlineData("""{"id":1,"result":{"tools":[],"tools":[{"name":"drop"}]}}""")]
    [InlineData("""{"id":1,"result":{"tools":[{"name":"get_a","name":"drop"}]}}""")]
    [InlineData("""{"id":1,"result":{"tools":[{"name":"\ud800"}]}}""")]
    public void Unreadable_HasNoAnswer(string answer) => Assert.Null(Filter(answer));

    [Fact]
    public void InvalidUtf8_HasNoAnswer() =>
        Assert.Null(ListFilter.Filter(new byte[] { (byte)'"', 0xff, (byte)'"' }, Call("tools/list"), Policy, 60_000));

    /// <summary>A list smuggled into an "input required" result is a list.</summary>
    [Fact]
    public void InputRequired_WithList_IsFiltered() =>
        Assert.Equal(
            """{"id":1,"result":{"resultType":"input_required","tools":[]}}""",
            Filter("""{"id":1,"result":{"resultType":"input_required","tools":[{"name":"drop"}]}}"""));

    [Theory]
    [InlineData("clinic", "admins")]
    [InlineData("nowhere", "nurses")]
    public void HiddenServer_ShowsNothing(string server, string group) =>
        Assert.Equal("""{"id":1,"result":{"tools":[]}}""", Filter("""{"id":1,"result":{"tools":[{"name":"get_a"}]}}""", server: server, group: group));

    [Theory]
    [InlineData("""{"id":1,"result":{"tools":[]}}""", """{"id":1,"result":{"tools":[],"cacheScope":"private"}}""")]
    [InlineData("""{"id":1,"result":{"tools":[{"name":"drop"}] }}""", """{"id":1,"result":{"tools":[] ,"cacheScope":"private"}}""")]
    [InlineData("""{"id":1,"result":{"ttlMs":300000,"cacheScope":"public","tools":[{"name":"drop"}]}}""", """{"id":1,"result":{"ttlMs":60000,"cacheScope":"private","tools":[]}}""")]
    [InlineData("""{"id":1,"result":{"tools":[],"ttlMs":5,"cacheScope":"private"}}""", """{"id":1,"result":{"tools":[],"ttlMs":5,"cacheScope":"private"}}""")]
    [InlineData("""{"id":1,"result":{"tools":[],"ttlMs":1e400,"cacheScope":7}}""", """{"id":1,"result":{"tools":[],"ttlMs":60000,"cacheScope":"private"}}""")]
    [InlineData("""{"id":1,"result":{"tools":[],"ttlMs":"long"}}""", """{"id":1,"result":{"tools":[],"ttlMs":60000,"cacheScope":"private"}}""")]
    public void Caching_OfModernLists_IsPrivateAndShort(string answer, string expected) => Assert.Equal(expected, Filter(answer, version: "2026-07-28"));

    [Fact]
    public void Caching_OfOlderLists_IsNotTouched() =>
        Assert.Equal("""{"id":1,"result":{"tools":[],"ttlMs":300000}}""", Filter("""{"id":1,"result":{"tools":[],"ttlMs":300000}}"""));

    [Fact]
    public void LargeList_KeepsOrder()
    {
        var tools = Enumerable.Range(0, 5000).Select(i => $"{{\"name\":\"{(i % 3 == 0 ? "drop" : "get")}_{i}\"}}").ToArray();

        var filtered = Filter("{\"id\":1,\"result\":{\"tools\":[" + string.Join(", ", tools) + "]}}");

        Assert.Equal("{\"id\":1,\"result\":{\"tools\":[" + string.Join(',', tools.Where(t => t.Contains("get", StringComparison.Ordinal))) + "]}}", filtered);
    }
}

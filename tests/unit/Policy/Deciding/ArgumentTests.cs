using System.Text;
using Chaperone.Contracts;
using static Chaperone.Policy.Tests.PolicyText;

namespace Chaperone.Policy.Tests.Deciding;

public sealed class ArgumentTests
{
    private const string AllowAll = "{ name: a, match: { tool: '*' }, effect: allow }";

    private static string Deny(string arguments) => "{ name: d, match: { tool: '*', arguments: { " + arguments + " } }, effect: deny }";

    private static string Allow(string arguments) => "{ name: g, match: { tool: '*', arguments: { " + arguments + " } }, effect: allow }";

    [Theory]
    [InlineData("sql: '(?i)drop'", """{"sql":"Drop table x"}""", true)]
    [InlineData("sql: '(?i)drop'", """{"sql":"select 1"}""", false)]
    [InlineData("sql: '(?i)drop'", """{"other":"drop"}""", false)]
    [InlineData("sql: '(?i)drop'", """{}""", false)]
    [InlineData("sql: '(?i)drop'", null, false)]
    [InlineData("sql: '(?i)drop'", """{"SQL":"drop"}""", true)]
    [InlineData("sql: '(?i)drop'", """{"sql":"x","Sql":"drop"}""", true)]
    [InlineData("sql: DROP", """{"sql":"\u0044ROP"}""", true)]
    [InlineData("sql: DROP", """{"sql":["a",{"b":"\u0044ROP"}]}""", true)]
    [InlineData("patient.id: '^7$'", """{"patient":{"id":7}}""", true)]
    [InlineData("patient.id: '^7$'", """{"patient":{"id":"7"}}""", true)]
    [InlineData("patient.id: '^7$'", """{"patient":[{"id":7}]}""", true)]
    [InlineData("'ids[*]': '^7$'", """{"ids":7}""", true)]
    [InlineData("sql: '(?i)drop'", """{"ｓｑｌ":"drop"}""", true)]
    [InlineData("sql: '(?i)drop'", """{"s\u200bql":"drop"}""", true)]
    [InlineData("patient.id: '^7$'", """{"patient.id":7}""", false)]
    [InlineData("\"['patient.id']\": '^7$'", """{"patient.id":7}""", true)]
    [InlineData("'items[*].name': '^x$'", """{"items":[{"name":"a"},{"name":"x"}]}""", true)]
    [InlineData("'items[*].name': '^x$'", """{"items":[{"name":"a"},{"other":"x"}]}""", false)]
    [InlineData("'items[*].name': '^x$'", """{"items":[]}""", false)]
    [InlineData("'items[*]': '^true$'", """{"items":[1,true]}""", true)]
    [InlineData("'m[*][*]': '^5$'", """{"m":[[1],[2,5]]}""", true)]
    [InlineData("n: '^null$'", """{"n":null}""", true)]
    [InlineData("a: x, b: y", """{"a":"x","b":"y"}""", true)]
    [InlineData("a: x, b: y", """{"a":"x","b":"z"}""", false)]
    [InlineData("a: [x, y]", """{"a":"y"}""", true)]
    public void Deny_OneMatchingValueIsEnough(string pattern, string? arguments, bool denied)
    {
        var decided = Engine(AllowAll, Deny(pattern)).Decide(Call("tools/call", "query"), arguments);

        Assert.Equal(denied ? (CallEffect.Deny, "d", true) : (CallEffect.Allow, "a", true), (decided.Decision.Effect, decided.Decision.Rule, decided.Visible));
    }

    /// <summary>An allowing rule must not be satisfied by one good element beside a bad one, nor by a name that only looks like its own.</summary>
    [Theory]
    [InlineData("'ids[*]': '^A'", """{"ids":["A1","A2"]}""", true)]
    [InlineData("'ids[*]': '^A'", """{"ids":["A1","B2"]}""", false)]
    [InlineData("'ids[*]': '^A'", """{"ids":[]}""", false)]
    [InlineData("'ids[*].n': '^A'", """{"ids":[{"n":"A"},{}]}""", false)]
    [InlineData("sql: '^select'", """{"SQL":"select"}""", false)]
    [InlineData("sql: '^select'", """{"sql":"select 1"}""", true)]
    [InlineData("sql: '.*'", """{}""", false)]
    public void Allow_EveryValueMustMatch(string pattern, string arguments, bool allowed)
    {
        var decided = Engine(Allow(pattern)).Decide(Call("tools/call", "query"), arguments);

        Assert.Equal(allowed ? (CallEffect.Allow, "g") : (CallEffect.Deny, "default-deny"), (decided.Decision.Effect, decided.Decision.Rule));
        Assert.True(decided.Visible);
    }

    [Fact]
    public void Prompt_Arguments_AreMatched()
    {
        var engine = Engine("{ name: p, match: { prompt: '*', arguments: { ward: '^icu$' } }, effect: allow }");

        Assert.Equal(CallEffect.Allow, engine.Decide(Call("prompts/get", "summary"), """{"ward":"icu"}""").Decision.Effect);
        Assert.Equal(CallEffect.Deny, engine.Decide(Call("prompts/get", "summary"), """{"ward":"er"}""").Decision.Effect);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":[]}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"query","arguments":[]}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"query","arguments":"x"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"query","arguments":{"sql":"a","sql":"b"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"query","arguments":{"sql":"a","\u0073ql":"b"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"query","arguments":{"sql":"\ud800"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"query","arguments":{"\uD800":"x"}}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"query"}}{}""")]
    public void UnreadableMessage_Denied(string message)
    {
        var decided = Engine(AllowAll).Decide(Call("tools/call", "query"), JsonBytes(message));

        Assert.Equal((CallEffect.Deny, message.Length == 0 ? "mismatched-target" : "unreadable-message"), (decided.Decision.Effect, decided.Decision.Rule));
    }

    [Fact]
    public void UnreadableMessage_InvalidUtf8_Denied()
    {
        var call = Call("tools/call", "query");
        var message = Message(call, """{"sql":"@"}""");
        message[Array.IndexOf(message, (byte)'@')] = 0xff;

        Assert.Equal("unreadable-message", Engine(AllowAll).Decide(call, message).Decision.Rule);
    }

    [Theory]
    [InlineData(58, CallEffect.Allow)]
    [InlineData(70, CallEffect.Deny)]
    [InlineData(100_000, CallEffect.Deny)]
    public void UnreadableMessage_TooDeep_Denied(int depth, CallEffect effect)
    {
        var nested = new StringBuilder().Append("""{"a":""").Append('[', depth).Append(']', depth).Append('}').ToString();

        Assert.Equal(effect, Engine(AllowAll).Decide(Call("tools/call", "query"), nested).Decision.Effect);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"other"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"Query"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":7}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call"}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"prompts/get","params":{"name":"query"}}""")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"params":{"name":"query"}}""")]
    public void MismatchedTarget_Denied(string message)
    {
        var decided = Engine(AllowAll).Decide(Call("tools/call", "query"), JsonBytes(message));

        Assert.Equal((CallEffect.Deny, "mismatched-target"), (decided.Decision.Effect, decided.Decision.Rule));
    }

    [Fact]
    public void MismatchedTarget_CallWithoutTarget_Denied()
    {
        var decided = Engine(AllowAll).Decide(Call("tools/call"), JsonBytes("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"query"}}"""));

        Assert.Equal("mismatched-target", decided.Decision.Rule);
    }

    [Fact]
    public void NullArguments_CountAsNone() =>
        Assert.Equal(CallEffect.Allow, Engine(AllowAll).Decide(Call("tools/call", "query"), "null").Decision.Effect);

    [Fact]
    public void Pattern_ThatBacktrackersExplodeOn_Decides()
    {
        var engine = Engine(AllowAll, Deny("sql: '^(a|aa)+$'"));

        var decided = engine.Decide(Call("tools/call", "query"), "{\"sql\":\"" + new string('a', 50_000) + "!\"}");

        Assert.Equal(CallEffect.Allow, decided.Decision.Effect);
    }
}

using Chaperone.Contracts;
using static Chaperone.Policy.Tests.PolicyText;

namespace Chaperone.Policy.Tests.Deciding;

/// <summary>Conditions other than regular expressions, each under a rule that denies and under one that allows.</summary>
public sealed class ConditionTests
{
    private const string AllowAll = "{ name: a, match: { tool: '*' }, effect: allow }";

    private static CallEffect UnderDeny(string condition, string arguments) =>
        Engine(AllowAll, "{ name: d, match: { tool: '*', arguments: { " + condition + " } }, effect: deny }").Decide(Call("tools/call", "query"), arguments).Decision.Effect;

    private static CallEffect UnderAllow(string condition, string arguments) =>
        Engine("{ name: g, match: { tool: '*', arguments: { " + condition + " } }, effect: allow }").Decide(Call("tools/call", "query"), arguments).Decision.Effect;

    /// <summary>Both kinds of rules agree on plain values.</summary>
    [Theory]
    [InlineData("x: { equals: 7 }", """{"x":7}""", true)]
    [InlineData("x: { equals: 7 }", """{"x":7.0}""", true)]
    [InlineData("x: { equals: 7 }", """{"x":8}""", false)]
    [InlineData("x: { equals: 7 }", """{}""", false)]
    [InlineData("x: { equals: icu }", """{"x":"icu"}""", true)]
    [InlineData("x: { equals: icu }", """{"x":"icu2"}""", false)]
    [InlineData("x: { equals: true }", """{"x":true}""", true)]
    [InlineData("x: { equals: true }", """{"x":false}""", false)]
    [InlineData("x: { equals: null }", """{"x":null}""", true)]
    [InlineData("x: { equals: null }", """{}""", false)]
    [InlineData("x: { in: [icu, er, 3] }", """{"x":"er"}""", true)]
    [InlineData("x: { in: [icu, er, 3] }", """{"x":3}""", true)]
    [InlineData("x: { in: [icu, er, 3] }", """{"x":"ward"}""", false)]
    [InlineData("x: { glob: '/data/*.csv' }", """{"x":"/data/a/b.csv"}""", true)]
    [InlineData("x: { glob: '/data/*.csv' }", """{"x":"/data/a.csv.exe"}""", false)]
    [InlineData("x: { glob: '/data/*.csv' }", """{"x":"/etc/data/a.csv"}""", false)]
    [InlineData("x: { glob: 'a?c' }", """{"x":"abc"}""", true)]
    [InlineData("x: { glob: 'a?c' }", """{"x":"a\nc"}""", true)]
    [InlineData("x: { glob: [no, 'y*'] }", """{"x":"yes"}""", true)]
    [InlineData("x: { min: 10, max: 20 }", """{"x":10}""", true)]
    [InlineData("x: { min: 10, max: 20 }", """{"x":2e1}""", true)]
    [InlineData("x: { min: 10, max: 20 }", """{"x":20.000001}""", false)]
    [InlineData("x: { min: 10, max: 20 }", """{"x":-15}""", false)]
    [InlineData("x: { max: 9007199254740992 }", """{"x":9007199254740993}""", false)]
    [InlineData("x: { min: 1 }", """{"x":1e400}""", true)]
    [InlineData("x: { length: 3 }", """{"x":"abc"}""", true)]
    [InlineData("x: { length: 3 }", """{"x":"ab"}""", false)]
    [InlineData("x: { length: { max: 2 } }", """{"x":"\ud83d\ude00\ud83d\ude00"}""", true)]
    [InlineData("x: { length: { max: 2 } }", """{"x":[1,2]}""", true)]
    [InlineData("x: { length: { min: 3 } }", """{"x":[1,2]}""", false)]
    [InlineData("x: { length: { min: 2 } }", """{"x":{"a":1,"b":2}}""", true)]
    [InlineData("x: { regex: '^a' }", """{"x":"ab"}""", true)]
    [InlineData("x: { regex: '^a', length: { max: 3 } }", """{"x":"ab"}""", true)]
    [InlineData("x: { regex: '^a', length: { max: 3 } }", """{"x":"abcd"}""", false)]
    [InlineData("x: { exists: true }", """{"x":0}""", true)]
    [InlineData("x: { exists: true }", """{"y":0}""", false)]
    [InlineData("x: { exists: false }", """{"y":0}""", true)]
    [InlineData("x: { exists: false }", """{"x":0}""", false)]
    [InlineData("x.y: { exists: true }", """{"x":{"y":""}}""", true)]
    [InlineData("'x[*]': { in: [1, 2] }", """{"x":[1,2]}""", true)]
    [InlineData("'x[*]': { in: [1, 2] }", """{"x":[3,4]}""", false)]
    [InlineData("'x[*].y': { exists: false }", """{"x":[{},{}]}""", true)]
    public void PlainValue_BothKindsOfRules_Agree(string condition, string arguments, bool holds)
    {
        Assert.Equal(holds ? CallEffect.Deny : CallEffect.Allow, UnderDeny(condition, arguments));
        Assert.Equal(holds ? CallEffect.Allow : CallEffect.Deny, UnderAllow(condition, arguments));
    }

    /// <summary>What one upstream may read so and another otherwise: a rule that denies takes it for a match, a rule that allows does not.</summary>
    [Theory]
    [InlineData("x: { equals: 1000 }", """{"x":"1000"}""")]
    [InlineData("x: { equals: 1000 }", """{"x":"1e3"}""")]
    [InlineData("x: { equals: 1000 }", """{"x":" 01000.0 "}""")]
    [InlineData("x: { equals: 1000 }", """{"x":"0x3e8"}""")]
    [InlineData("x: { equals: 1000 }", """{"x":"１０００"}""")]
    [InlineData("x: { equals: '1000' }", """{"x":1000}""")]
    [InlineData("x: { equals: true }", """{"x":"True"}""")]
    [InlineData("x: { equals: true }", """{"x":1}""")]
    [InlineData("x: { equals: icu }", """{"x":"ICU"}""")]
    [InlineData("x: { equals: icu }", """{"x":"іcu"}""")]
    [InlineData("x: { equals: icu }", """{"x":"i\u200bcu"}""")]
    [InlineData("x: { equals: icu }", """{"x":["er","icu"]}""")]
    [InlineData("x: { in: [icu, er] }", """{"x":{"ward":"ＩＣＵ"}}""")]
    [InlineData("x: { equals: icu }", """{"X":"icu"}""")]
    [InlineData("x: { glob: '/etc/*' }", """{"x":"/ETC/passwd"}""")]
    [InlineData("x: { glob: '/etc/*' }", """{"x":["/etc/passwd"]}""")]
    [InlineData("x: { glob: 'drop*' }", """{"x":"ＤＲＯＰ table"}""")]
    [InlineData("x: { min: 1000 }", """{"x":"5000"}""")]
    [InlineData("x: { min: 1000 }", """{"x":"5_000"}""")]
    [InlineData("x: { min: 1000 }", """{"x":"5000 rows"}""")]
    [InlineData("x: { min: 1000 }", """{"x":"Infinity"}""")]
    [InlineData("x: { min: 1000 }", """{"x":"NaN"}""")]
    [InlineData("x: { min: 1000 }", """{"x":[5000]}""")]
    [InlineData("x: { max: 0 }", """{"x":false}""")]
    [InlineData("x: { length: { min: 5 } }", """{"x":["abcdef"]}""")]
    [InlineData("x: { exists: true }", """{"x":null}""")]
    [InlineData("x: { exists: true }", """{"X":1}""")]
    [InlineData("x: { exists: false }", """{"x":null}""")]
    [InlineData("x: { exists: false }", """{"X":1}""")]
    [InlineData("'x[*]': { in: [1, 2] }", """{"x":[1,3]}""")]
    [InlineData("'x[*].y': { exists: true }", """{"x":[{"y":1},{}]}""")]
    [InlineData("'x[*].y': { exists: false }", """{"x":[{"y":1},{}]}""")]
    public void DoubtfulValue_IsAgainstTheCaller(string condition, string arguments)
    {
        Assert.Equal(CallEffect.Deny, UnderDeny(condition, arguments));
        Assert.Equal(CallEffect.Deny, UnderAllow(condition, arguments));
    }

    /// <summary>Values with nothing doubtful about them pass a rule that denies others.</summary>
    [Theory]
    [InlineData("x: { min: 1000 }", """{"x":"none"}""")]
    [InlineData("x: { min: 1000 }", """{"x":"999"}""")]
    [InlineData("x: { equals: 7 }", """{"x":"seven"}""")]
    [InlineData("x: { in: [icu, er] }", """{"x":"cardiology"}""")]
    [InlineData("x: { glob: '/etc/*' }", """{"x":"/srv/etc/x"}""")]
    public void HarmlessValue_PassesARuleThatDenies(string condition, string arguments) => Assert.Equal(CallEffect.Allow, UnderDeny(condition, arguments));

    /// <summary>A glob must not take quadratic time, however long the text.</summary>
    [Fact]
    public void Glob_OverALongText_TakesLinearTime()
    {
        var arguments = "{\"x\":\"" + new string('a', 1_000_000) + "\"}";

        Assert.Equal(CallEffect.Allow, UnderDeny($"x: {{ glob: '*{new string('a', 500)}*b' }}", arguments));
    }
}

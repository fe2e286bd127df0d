using System.Text.Json;
using Chaperone.Policy.Patterns;
using Chaperone.Policy.Reading;
using FsCheck.Xunit;

namespace Chaperone.Policy.Tests.Patterns;

public sealed class PatternTests
{
    [Theory]
    [InlineData("query", "query", true)]
    [InlineData("query", "Query", false)]
    [InlineData("query", "query2", false)]
    [InlineData("*", "", true)]
    [InlineData("*", "a/b", true)]
    [InlineData("get_*", "get_", true)]
    [InlineData("get_*", "get_patient", true)]
    [InlineData("get_*", "forget_me", false)]
    [InlineData("*_patient", "get_patient", true)]
    [InlineData("*_patient", "get_patients", false)]
    [InlineData("a*b*c", "a-b-b-c", true)]
    [InlineData("a*b*c", "a-c-b", false)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("?", "", false)]
    [InlineData("**", "x", true)]
    [InlineData("a*?", "a", false)]
    [InlineData("chart://*/notes", "chart://7/notes", true)]
    public void Glob_Matches(string glob, string name, bool matches) => Assert.Equal(matches, new NamePattern(glob).Matches(name));

    [Fact]
    public void Glob_ThatBacktrackersExplodeOn_Ends() =>
        Assert.False(new NamePattern(string.Concat(Enumerable.Repeat("a*", 100)) + "b").Matches(new string('a', 10_000)));

    /// <summary>The index finds globs by their prefix, so nothing may match without it.</summary>
    [Property(MaxTest = 500)]
    public bool Glob_MatchesOnlyWhatStartsWithItsPrefix(byte[] seed)
    {
        var pattern = new NamePattern(new string([.. seed.Select(b => "ab*?"[b % 4])]));
        var name = new string([.. seed.Reverse().Select(b => "ab"[b % 2])]);

        return !pattern.Matches(name) || name.StartsWith(pattern.Prefix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sql", "sql")]
    [InlineData("patient.id", "patient|id")]
    [InlineData("items[*].name", "items|*|name")]
    [InlineData("m[*][*]", "m|*|*")]
    [InlineData("['a.b'].c", "a.b|c")]
    [InlineData("a['b c']", "a|b c")]
    public void Path_IsRead(string text, string steps) =>
        Assert.Equal(steps, string.Join('|', ArgumentPath.Parse(text)!.Steps.Select(s => s ?? "*")));

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("a.")]
    [InlineData(".a")]
    [InlineData("a..b")]
    [InlineData("[*]")]
    [InlineData("a[0]")]
    [InlineData("a[*")]
    [InlineData("a[*]b")]
    [InlineData("a.[*]")]
    [InlineData("a]")]
    [InlineData("['']")]
    [InlineData("['a'")]
    [InlineData("a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q")]
    public void Path_Wrong_IsNone(string text) => Assert.Null(ArgumentPath.Parse(text));

    /// <summary>A pattern that cannot be decided in time restricts, and never permits.</summary>
    [Fact]
    public void Pattern_OutOfTime_RestrictsAndNeverPermits()
    {
        var condition = new ArgumentCondition(ArgumentPath.Parse("sql")!, [new PatternTest([TextPattern.Parse("(a|b)*c{3}x", TimeSpan.FromMilliseconds(1))])]);
        using var arguments = JsonDocument.Parse("{\"sql\":\"" + new string('a', 30_000_000) + "\"}");

        Assert.True(condition.Holds(arguments.RootElement, wary: true));
        Assert.False(condition.Holds(arguments.RootElement, wary: false));
    }

    [Theory]
    [InlineData("10s", 10)]
    [InlineData("10m", 600)]
    [InlineData("24h", 86_400)]
    [InlineData("1h30m5s", 5405)]
    [InlineData("", null)]
    [InlineData("10", null)]
    [InlineData("30m1h", null)]
    [InlineData("-1m", null)]
    [InlineData("1.5h", null)]
    public void Duration_IsRead(string text, int? seconds) => Assert.Equal(seconds, (int?)Duration.Parse(text)?.TotalSeconds);
}

using System.Globalization;
using Chaperone.Contracts;
using static Chaperone.Policy.Tests.PolicyText;

namespace Chaperone.Policy.Tests.Circumstances;

public sealed class TimeWindowTests
{
    private static CallEffect At(string when, string utc) =>
        Engine("{ name: g, match: { tool: '*', when: " + when + " }, effect: allow }")
            .Decide(Call("tools/call", "query"), Message(Call("tools/call", "query")), DateTimeOffset.Parse(utc, CultureInfo.InvariantCulture)).Decision.Effect;

    /// <summary>2026-03-02 is a Monday; Chicago is six hours behind UTC, five from 8 March on.</summary>
    [Theory]
    [InlineData("{ hours: '07:00-19:00', zone: America/Chicago }", "2026-03-02T12:59:59Z", false)]
    [InlineData("{ hours: '07:00-19:00', zone: America/Chicago }", "2026-03-02T13:00:00Z", true)]
    [InlineData("{ hours: '07:00-19:00', zone: America/Chicago }", "2026-03-03T00:59:59Z", true)]
    [InlineData("{ hours: '07:00-19:00', zone: America/Chicago }", "2026-03-03T01:00:00Z", false)]
    [InlineData("{ hours: '07:00-19:00', zone: America/Chicago }", "2026-03-09T12:00:00Z", true)]
    [InlineData("{ days: [mon-fri], zone: America/Chicago }", "2026-03-07T05:59:59Z", true)]
    [InlineData("{ days: [mon-fri], zone: America/Chicago }", "2026-03-07T06:00:00Z", false)]
    [InlineData("{ days: fri-mon, zone: UTC }", "2026-03-08T12:00:00Z", true)]
    [InlineData("{ days: fri-mon, zone: UTC }", "2026-03-10T12:00:00Z", false)]
    [InlineData("{ hours: '00:00-24:00', zone: UTC }", "2026-03-10T23:59:59.999Z", true)]
    [InlineData("{ from: 2026-03-02, until: 2026-03-03, zone: America/Chicago }", "2026-03-04T05:59:00Z", true)]
    [InlineData("{ from: 2026-03-02, until: 2026-03-03, zone: America/Chicago }", "2026-03-04T06:00:00Z", false)]
    [InlineData("{ hours: '07:00-19:00', zone: UTC, outside: true }", "2026-03-02T06:59:00Z", true)]
    [InlineData("{ hours: '07:00-19:00', zone: UTC, outside: true }", "2026-03-02T07:00:00Z", false)]
    [InlineData("[{ days: mon, zone: UTC }, { days: wed, zone: UTC }]", "2026-03-04T12:00:00Z", true)]
    [InlineData("[{ days: mon, zone: UTC }, { days: wed, zone: UTC }]", "2026-03-03T12:00:00Z", false)]
    public void Window_Moment_IsInOrOut(string when, string utc, bool inside) => Assert.Equal(inside ? CallEffect.Allow : CallEffect.Deny, At(when, utc));

    /// <summary>A night shift belongs to the day on which it begins.</summary>
    [Theory]
    [InlineData("2026-03-06T22:30:00Z", true)]
    [InlineData("2026-03-07T05:59:00Z", true)]
    [InlineData("2026-03-07T06:00:00Z", false)]
    [InlineData("2026-03-07T22:30:00Z", false)]
    [InlineData("2026-03-08T01:00:00Z", false)]
    [InlineData("2026-03-06T05:00:00Z", false)]
    public void Window_OverMidnight_IsOfTheDayItBegins(string utc, bool inside) =>
        Assert.Equal(inside ? CallEffect.Allow : CallEffect.Deny, At("{ days: fri, hours: '22:00-06:00', zone: UTC }", utc));

    /// <summary>Chicago skips 02:00 to 03:00 on 8 March 2026 and repeats 01:00 to 02:00 on 1 November: every moment is in or out, and no call fails.</summary>
    [Theory]
    [InlineData("2026-03-08T07:59:59Z", false)]
    [InlineData("2026-03-08T08:00:00Z", true)]
    [InlineData("2026-11-01T06:30:00Z", true)]
    [InlineData("2026-11-01T07:30:00Z", true)]
    [InlineData("2026-11-01T08:00:00Z", false)]
    public void Window_DaylightSaving_SkippedAndRepeatedHours(string utc, bool inside) =>
        Assert.Equal(inside ? CallEffect.Allow : CallEffect.Deny, At(utc.StartsWith("2026-03", StringComparison.Ordinal) ? "{ hours: '02:00-04:00', zone: America/Chicago }" : "{ hours: '01:00-02:00', zone: America/Chicago }", utc));
}

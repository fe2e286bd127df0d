using Chaperone.Console.Search;

namespace Chaperone.Console.Tests.Search;

public sealed class PeriodTests
{
    // Spring forward in Berlin: 2026-03-29 02:00 does not exist.
    private static readonly DateTimeOffset Now = new(2026, 3, 29, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("15m", "UTC", "2026-03-29T11:45:00Z", null)]
    [InlineData("7d", "Europe/Berlin", "2026-03-22T12:00:00Z", null)]
    [InlineData("all", "UTC", null, null)]
    [InlineData("today", "UTC", "2026-03-29T00:00:00Z", null)]
    [InlineData("today", "Europe/Berlin", "2026-03-28T23:00:00Z", null)]
    [InlineData("yesterday", "America/New_York", "2026-03-28T04:00:00Z", "2026-03-29T03:59:59.9999999Z")]
    public void At_Preset_IsBoundedInItsZone(string range, string zone, string? from, string? to)
    {
        var at = new Period { Range = range, Zone = zone }.At(Now);

        Assert.Equal((Utc(from), Utc(to), null), (at.From, at.To, at.Problem));
    }

    [Theory]
    [InlineData("2026-03-29T02:30", "2026-03-29T03:30", "2026-03-29T01:30:00Z", "2026-03-29T01:30:59.9999999Z")]
    [InlineData(null, "2026-01-01T00:00", null, "2025-12-31T23:00:59.9999999Z")]
    [InlineData("2026-01-01T00:00", null, "2025-12-31T23:00:00Z", null)]
    public void At_Custom_IsBoundedAlsoWhereTheClockSkips(string? from, string? to, string? begins, string? ends)
    {
        var at = new Period { Range = "custom", From = from, To = to, Zone = "Europe/Berlin" }.At(Now);

        Assert.Equal((Utc(begins), Utc(ends), null), (at.From, at.To, at.Problem));
    }

    [Theory]
    [InlineData("custom", "2026-13-01T00:00", null, "UTC", "correct them")]
    [InlineData("custom", "yesterday", null, "UTC", "correct them")]
    [InlineData("custom", "0001-01-01T00:00", null, "UTC", "correct them")]
    [InlineData("custom", "2026-01-02T00:00", "2026-01-01T00:00", "UTC", "later than to")]
    [InlineData("24h", null, null, "Mars/Olympus", "no time zone")]
    [InlineData("24h", null, null, "../../etc/passwd", "no time zone")]
    [InlineData("eon", null, null, "UTC", "no time range")]
    public void At_Broken_GetsASentence(string range, string? from, string? to, string zone, string says) =>
        Assert.Contains(says, new Period { Range = range, From = from, To = to, Zone = zone }.At(Now).Problem, StringComparison.Ordinal);

    private static DateTimeOffset? Utc(string? text) => text is null ? null : DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}

namespace Chaperone.Policy.Circumstances;

/// <summary>
/// Hours of some days in a time zone. The moment is turned into local time, never the other way: an hour that daylight saving
/// skips or repeats is no question. A window over midnight belongs to the day on which it begins.
/// </summary>
/// <param name="Zone">Whose clocks count.</param>
/// <param name="Days">Days of the week; empty: all.</param>
/// <param name="Begins">Minutes after midnight, included.</param>
/// <param name="Ends">Minutes after midnight, not included; before <paramref name="Begins"/> it is the next day's.</param>
/// <param name="First">First day; null: always was.</param>
/// <param name="Last">Last day; null: for ever.</param>
/// <param name="Outside">True for all other times.</param>
internal sealed record TimeWindow(TimeZoneInfo Zone, DayOfWeek[] Days, int Begins, int Ends, DateOnly? First, DateOnly? Last, bool Outside)
{
    /// <summary>Minutes of a day.</summary>
    public const int WholeDay = 24 * 60;

    /// <summary>Whether <paramref name="now"/> lies in it, or outside where that is asked for.</summary>
    public bool Contains(DateTimeOffset now) => Spans(now) != Outside;

    private bool Spans(DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, Zone).DateTime;
        var minute = (int)local.TimeOfDay.TotalMinutes;
        var day = DateOnly.FromDateTime(local);
        if (Begins < Ends)
        {
            return minute >= Begins && minute < Ends && IsDay(day);
        }

        return minute >= Begins ? IsDay(day) : minute < Ends && IsDay(day.AddDays(-1));
    }

    private bool IsDay(DateOnly day) =>
        (Days.Length == 0 || Array.IndexOf(Days, day.DayOfWeek) >= 0) && (First is not { } first || day >= first) && (Last is not { } last || day <= last);
}

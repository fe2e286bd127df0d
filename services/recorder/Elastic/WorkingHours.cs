namespace Chaperone.Recorder.Elastic;

/// <summary>Tells working hours from others by the clock of the place.</summary>
internal sealed class WorkingHours(TimeZoneInfo zone, int from, int to)
{
    public WorkingHours(ElasticOptions options)
        : this(TimeZoneInfo.FindSystemTimeZoneById(options.TimeZone), options.WorkFrom, options.WorkTo)
    {
    }

    /// <summary>The local hour, 0 to 23, and the day of the week.</summary>
    public (int Hour, DayOfWeek Day) Local(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return (local.Hour, local.DayOfWeek);
    }

    /// <summary>True on Saturday and Sunday, and outside the hours of work.</summary>
    public bool IsAfterHours(DateTimeOffset at)
    {
        var (hour, day) = Local(at);
        return day is DayOfWeek.Saturday or DayOfWeek.Sunday || hour < from || hour >= to;
    }
}

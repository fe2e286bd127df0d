using Chaperone.Contracts;

namespace Chaperone.Recorder.Reviews;

/// <summary>Whole periods, in UTC.</summary>
internal static class ReviewPeriod
{
    /// <summary>The period that a moment lies in.</summary>
    public static (DateTimeOffset From, DateTimeOffset To) Of(ReviewCadence cadence, DateTimeOffset at)
    {
        var day = at.UtcDateTime.Date;
        var from = cadence switch
        {
            ReviewCadence.Weekly => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
            ReviewCadence.Quarterly => new DateTime(day.Year, (((day.Month - 1) / 3) * 3) + 1, 1, 0, 0, 0, DateTimeKind.Utc),
            _ => new DateTime(day.Year, day.Month, 1, 0, 0, 0, DateTimeKind.Utc),
        };
        var to = cadence switch
        {
            ReviewCadence.Weekly => from.AddDays(7),
            ReviewCadence.Quarterly => from.AddMonths(3),
            _ => from.AddMonths(1),
        };
        return (new DateTimeOffset(from, TimeSpan.Zero), new DateTimeOffset(to, TimeSpan.Zero));
    }

    /// <summary>The last period that was over at a moment.</summary>
    public static (DateTimeOffset From, DateTimeOffset To) Before(ReviewCadence cadence, DateTimeOffset at) => Of(cadence, Of(cadence, at).From.AddTicks(-1));
}

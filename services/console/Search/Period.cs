using System.Globalization;
using System.Text.Json.Serialization;

namespace Chaperone.Console.Search;

/// <summary>A time range: one that moves with the clock, or two times of a time zone.</summary>
internal sealed record Period
{
    public const string Default = "24h";
    public const string Utc = "UTC";
    private const string Custom = "custom";
    private const string Form = "yyyy-MM-dd'T'HH:mm";

    public static readonly IReadOnlyList<(string Value, string Label)> Ranges =
    [
        ("15m", "Last 15 minutes"), ("1h", "Last hour"), ("today", "Today"), ("24h", "Last 24 hours"), ("yesterday", "Yesterday"),
        ("7d", "Last 7 days"), ("30d", "Last 30 days"), ("all", "Any time"), (Custom, "From and to below"),
    ];

    private static readonly Dictionary<string, TimeSpan> Spans = new(StringComparer.Ordinal)
    {
        ["15m"] = TimeSpan.FromMinutes(15),
        ["1h"] = TimeSpan.FromHours(1),
        ["24h"] = TimeSpan.FromDays(1),
        ["7d"] = TimeSpan.FromDays(7),
        ["30d"] = TimeSpan.FromDays(30),
    };

    public string Range { get; init; } = Default;

    /// <summary>As a form writes it, e.g. <c>2026-11-23T06:40</c>; used with the custom range only.</summary>
    public string? From { get; init; }

    public string? To { get; init; }

    /// <summary>IANA name.</summary>
    public string Zone { get; init; } = Utc;

    [JsonIgnore]
    public bool IsCustom => Range == Custom;

    /// <summary>The zone, or UTC where there is none of that name.</summary>
    [JsonIgnore]
    public TimeZoneInfo ZoneInfo => TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>The bounds at <paramref name="now"/>, or the sentence that says what is wrong.</summary>
    public (DateTimeOffset? From, DateTimeOffset? To, string? Problem) At(DateTimeOffset now)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out var zone))
        {
            return (null, null, "There is no time zone of that name: choose one from the list, e.g. Europe/Berlin.");
        }

        if (Spans.TryGetValue(Range, out var span))
        {
            return (now - span, null, null);
        }

        var midnight = TimeZoneInfo.ConvertTime(now, zone).Date;
        return Range switch
        {
            "today" => (In(zone, midnight), null, null),
            "yesterday" => (In(zone, midnight.AddDays(-1)), In(zone, midnight).AddTicks(-1), null),
            "all" => (null, null, null),
            Custom => Between(zone),
            _ => (null, null, "There is no time range of that name: choose one from the list."),
        };
    }

    private (DateTimeOffset? From, DateTimeOffset? To, string? Problem) Between(TimeZoneInfo zone)
    {
        if (!TryRead(zone, From, out var from) || !TryRead(zone, To, out var to))
        {
            return (null, null, "From and to are times such as 2026-11-23T06:40: correct them, or leave them out.");
        }

        // A form has minutes only, and the last one counts whole.
        var end = to?.AddMinutes(1).AddTicks(-1);
        return from > end ? (null, null, "From is later than to: exchange them.") : (from, end, null);
    }

    private static bool TryRead(TimeZoneInfo zone, string? text, out DateTimeOffset? time)
    {
        time = null;
        if (text is null)
        {
            return true;
        }

        if (!DateTime.TryParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) || local.Year is < 1970 or > 9000)
        {
            return false;
        }

        time = In(zone, local);
        return true;
    }

    // Also for an hour that a clock skips or repeats: then the zone's standard time counts.
    private static DateTimeOffset In(TimeZoneInfo zone, DateTime local) => new(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), zone.GetUtcOffset(local));
}

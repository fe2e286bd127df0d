using System.Globalization;
using System.Text.RegularExpressions;
using Chaperone.Policy.Circumstances;

namespace Chaperone.Policy.Reading;

/// <summary>Reads <c>when</c> of a match: one window of time or a list of them.</summary>
internal sealed partial class WindowReader(PolicyProblems problems)
{
    private static readonly string[] DayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    /// <summary>Null when absent or wrong (reported).</summary>
    public TimeCircumstance? Read(YamlFields fields)
    {
        if (fields.Find("when") is not { } node)
        {
            return null;
        }

        var path = fields.PathOf("when");
        if (node is YamlMapping)
        {
            return ReadWindow(node, path) is { } only ? new TimeCircumstance([only]) : null;
        }

        if (node is not YamlSequence { Items.Count: > 0 } list)
        {
            fields.Report(node, "when", "must be a window of time or a list of them", "write when: { days: [mon-fri], hours: \"07:00-19:00\", zone: America/Chicago }");
            return null;
        }

        TimeWindow[] windows = [.. list.Items.Select((item, i) => ReadWindow(item, $"{path}[{i}]")).OfType<TimeWindow>()];
        return windows.Length == 0 ? null : new TimeCircumstance(windows);
    }

    private TimeWindow? ReadWindow(YamlNode node, string path)
    {
        if (YamlFields.Open(node, path, problems, "zone", "days", "hours", "from", "until", "outside") is not { } fields)
        {
            return null;
        }

        var zone = ReadZone(fields);
        var (begins, ends) = ReadHours(fields) ?? (0, TimeWindow.WholeDay);
        var (first, last) = (ReadDate(fields, "from"), ReadDate(fields, "until"));
        if (first > last)
        {
            fields.Report(fields.Find("until")!, "until", "is before from", "exchange them");
        }

        var days = ReadDays(fields);
        var outside = fields.Flag("outside") ?? false;
        return zone is null ? null : new TimeWindow(zone, days, begins, ends, first, last, outside);
    }

    private static TimeZoneInfo? ReadZone(YamlFields fields)
    {
        const string Example = "zone: America/Chicago";
        if (fields.Text("zone", Example, required: true) is not { } text)
        {
            return null;
        }

        if ((text.Text == "UTC" || ZoneName().IsMatch(text.Text)) && TimeZoneInfo.TryFindSystemTimeZoneById(text.Text, out var zone))
        {
            return zone;
        }

        fields.Report(text, "zone", "is no time zone that this machine knows", $"write an IANA name such as {Example}, or UTC; the machine needs its tzdata");
        return null;
    }

    private static DayOfWeek[] ReadDays(YamlFields fields)
    {
        var days = new List<DayOfWeek>();
        foreach (var text in fields.Texts("days", "days: [mon-fri]"))
        {
            var ends = text.Text.Split('-');
            var (first, last) = (Array.IndexOf(DayNames, ends[0]), Array.IndexOf(DayNames, ends[^1]));
            if (ends.Length > 2 || first < 0 || last < 0)
            {
                fields.Report(text, "days", "is no day of the week", "write mon, tue, wed, thu, fri, sat or sun, or a span like mon-fri");
                continue;
            }

            for (var day = first; ; day = (day + 1) % DayNames.Length)
            {
                days.Add((DayOfWeek)day);
                if (day == last)
                {
                    break;
                }
            }
        }

        return [.. days.Distinct()];
    }

    private static (int Begins, int Ends)? ReadHours(YamlFields fields)
    {
        if (fields.Text("hours", "hours: \"07:00-19:00\"") is not { } text)
        {
            return null;
        }

        if (Hours().Match(text.Text) is { Success: true } match)
        {
            var (begins, ends) = ((60 * Part(match, 1)) + Part(match, 2), (60 * Part(match, 3)) + Part(match, 4));
            if (begins < TimeWindow.WholeDay && ends <= TimeWindow.WholeDay && begins != ends)
            {
                return (begins, ends);
            }
        }

        fields.Report(text, "hours", "is no span of hours", "write hours: \"07:00-19:00\"; over midnight \"22:00-06:00\"");
        return null;
    }

    private static DateOnly? ReadDate(YamlFields fields, string key)
    {
        if (fields.Text(key, $"{key}: 2026-03-01") is not { } text)
        {
            return null;
        }

        if (DateOnly.TryParseExact(text.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        fields.Report(text, key, "is no date", $"write {key}: 2026-03-01");
        return null;
    }

    private static int Part(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^([0-2][0-9]):([0-5][0-9])-([0-2][0-9]):([0-5][0-9])\z", RegexOptions.NonBacktracking)]
    private static partial Regex Hours();

    [GeneratedRegex(@"^[A-Za-z_]+(/[A-Za-z0-9_+-]+)+\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ZoneName();
}

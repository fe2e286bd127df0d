using System.Globalization;
using System.Text.RegularExpressions;

namespace Chaperone.Policy.Reading;

/// <summary>Lengths of time as people write them: <c>90s</c>, <c>10m</c>, <c>1h30m</c>.</summary>
internal static partial class Duration
{
    /// <summary>Null when <paramref name="text"/> is no length of time.</summary>
    public static TimeSpan? Parse(string text)
    {
        var match = Shape().Match(text);
        return text.Length > 0 && match.Success
            ? TimeSpan.FromSeconds((3600L * Part(match, 1)) + (60L * Part(match, 2)) + Part(match, 3))
            : null;
    }

    private static int Part(Match match, int group) =>
        match.Groups[group].Success ? int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"^(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,6})s)?\z", RegexOptions.NonBacktracking)]
    private static partial Regex Shape();
}

using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Reading;

/// <summary>Reads <c>break_glass</c> of the main file.</summary>
internal static class BreakGlassReader
{
    /// <summary>The key in the file.</summary>
    public const string Key = "break_glass";

    private static readonly TimeSpan LeastWindow = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LeastReview = TimeSpan.FromHours(1);
    private static readonly TimeSpan MostReview = TimeSpan.FromHours(24 * 14);
    private static readonly TimeSpan UsualReview = TimeSpan.FromHours(24);

    /// <summary>What it says; null when it is absent or wrong (reported).</summary>
    public static BreakGlassTerms? Read(YamlFields main, PolicyProblems problems, IReadOnlyDictionary<string, PolicyRole> roles)
    {
        if (main.Find(Key) is not { } node || YamlFields.Open(node, Key, problems, "roles", "reviewers", "at_most", "review_within") is not { } fields)
        {
            return null;
        }

        var (openers, reviewers) = (GroupsOf(fields, "roles", "roles: [emergency-physician]", roles), GroupsOf(fields, "reviewers", "reviewers: [privacy-office]", roles));
        var terms = new BreakGlassTerms
        {
            OpenerGroups = openers,
            ReviewerGroups = reviewers,
            AtMost = ReadLength(fields, "at_most", "60m", LeastWindow, BreakGlassTerms.Longest) ?? BreakGlassTerms.Usual,
            ReviewWithin = ReadLength(fields, "review_within", "24h", LeastReview, MostReview) ?? UsualReview,
        };
        return openers.Length == 0 || reviewers.Length == 0 ? null : terms;
    }

    private static string[] GroupsOf(YamlFields fields, string key, string example, IReadOnlyDictionary<string, PolicyRole> roles)
    {
        var groups = new List<string>();
        foreach (var role in fields.Texts(key, example, required: true))
        {
            if (roles.TryGetValue(role.Text, out var found))
            {
                groups.AddRange(found.Groups);
            }
            else
            {
                fields.Report(role, key, "is no role of this policy", "add it under roles, or correct the name");
            }
        }

        return [.. groups.Distinct(StringComparer.Ordinal)];
    }

    private static TimeSpan? ReadLength(YamlFields fields, string key, string example, TimeSpan least, TimeSpan most)
    {
        if (fields.Text(key, $"{key}: {example}") is not { } text)
        {
            return null;
        }

        if (Duration.Parse(text.Text) is { } length && length >= least && length <= most)
        {
            return length;
        }

        fields.Report(text, key, $"is no length of time from {Say(least)} to {Say(most)}", $"write {key}: {example}");
        return null;
    }

    private static string Say(TimeSpan length) => length.TotalHours >= 1 ? $"{(int)length.TotalHours}h" : $"{(int)length.TotalMinutes}m";
}

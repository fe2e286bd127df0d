using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Reading;

/// <summary>Reads <c>approval</c> of a rule.</summary>
internal sealed class ApprovalReader(PolicyProblems problems, IReadOnlyDictionary<string, PolicyRole> roles)
{
    private const int MostPeople = 10;
    private static readonly TimeSpan DefaultExpiry = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LeastExpiry = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MostExpiry = TimeSpan.FromHours(24);
    private static readonly TimeSpan LeastGrant = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MostGrant = TimeSpan.FromHours(8);
    private static readonly TimeSpan LeastPause = TimeSpan.FromMinutes(1);

    /// <summary>What it says; null when it is wrong (reported).</summary>
    public ApprovalTerms? Read(YamlNode node, string path)
    {
        if (YamlFields.Open(node, path, problems, "role", "roles", "approvals", "expires", "reason", "grant", "remind", "escalate") is not { } fields)
        {
            return null;
        }

        var seats = ReadSeats(fields);
        var expires = ReadLength(fields, "expires", "expires: 10m", LeastExpiry, MostExpiry) ?? DefaultExpiry;
        var terms = new ApprovalTerms(seats, expires)
        {
            ReasonRequired = ReadReason(fields),
            Grant = ReadLength(fields, "grant", "grant: 30m", LeastGrant, MostGrant),
            Remind = BeforeTheEnd(fields, "remind", ReadLength(fields, "remind", "remind: 5m", LeastPause, MostExpiry), expires),
        };
        if (fields.Find("escalate") is { } escalate)
        {
            terms = ReadEscalation(escalate, fields.PathOf("escalate"), terms);
        }

        return seats.Count == 0 ? null : terms;
    }

    private List<(string Role, int People)> ReadSeats(YamlFields fields)
    {
        if (fields.Find("roles") is not { } several)
        {
            var role = fields.Text("role", "role: admin-write, or roles: { privacy: 1, clinicians: 2 }", required: true);
            var people = fields.Whole("approvals", 1, MostPeople) ?? 1;
            return role is null || !IsRole(fields, role, "role") ? [] : [(role.Text, people)];
        }

        foreach (var key in new[] { "role", "approvals" })
        {
            if (fields.Find(key) is { } beside)
            {
                fields.Report(beside, key, "does not go with roles, which says how many of whom", "remove one of them");
            }
        }

        var seats = new List<(string Role, int People)>();
        foreach (var (key, value) in fields.Entries("roles", "roles: { privacy: 1, clinicians: 2 }"))
        {
            if (IsRole(fields, key, $"roles.{key.Text}") && ReadPeople(fields, key.Text, value) is { } people)
            {
                seats.Add((key.Text, people));
            }
        }

        if (seats.Sum(s => s.People) is var all and (0 or > MostPeople) && several is YamlMapping)
        {
            fields.Report(several, "roles", $"asks for {all} people", $"ask for 1 to {MostPeople} in all");
        }

        return seats;
    }

    private static int? ReadPeople(YamlFields fields, string role, YamlNode value)
    {
        if (value is YamlScalar { IsPlain: true } scalar && int.TryParse(scalar.Text, out var people) && people is >= 1 and <= MostPeople)
        {
            return people;
        }

        fields.Report(value, $"roles.{role}", $"must be a whole number from 1 to {MostPeople}", $"write {role}: 1");
        return null;
    }

    private bool IsRole(YamlFields fields, YamlScalar role, string key)
    {
        if (roles.ContainsKey(role.Text))
        {
            return true;
        }

        fields.Report(role, key, $"is no role of this file: {Short(role.Text)}", "add it under roles, or correct the name");
        return false;
    }

    private static bool ReadReason(YamlFields fields)
    {
        if (fields.Text("reason", "reason: required") is not { } text)
        {
            return false;
        }

        if (text.Text is not ("required" or "optional"))
        {
            fields.Report(text, "reason", $"is neither required nor optional: {Short(text.Text)}", "write reason: required; a no always needs one");
        }

        return text.Text != "optional";
    }

    private ApprovalTerms ReadEscalation(YamlNode node, string path, ApprovalTerms terms)
    {
        if (YamlFields.Open(node, path, problems, "after", "to") is not { } fields)
        {
            return terms;
        }

        fields.Require("after", "after: 10m");
        var after = BeforeTheEnd(fields, "after", ReadLength(fields, "after", "after: 10m", LeastPause, MostExpiry), terms.Expires);
        var to = fields.Texts("to", "to: [privacy-office]", required: true);
        return terms with { EscalateAfter = after, EscalateTo = [.. to.Where(r => IsRole(fields, r, "to")).Select(r => r.Text).Distinct(StringComparer.Ordinal)] };
    }

    private static TimeSpan? BeforeTheEnd(YamlFields fields, string key, TimeSpan? length, TimeSpan expires)
    {
        if (length >= expires)
        {
            fields.Report(fields.Find(key)!, key, "is not before the request expires", "shorten it, or write a longer expires");
        }

        return length;
    }

    private static TimeSpan? ReadLength(YamlFields fields, string key, string example, TimeSpan least, TimeSpan most)
    {
        if (fields.Text(key, example) is not { } text)
        {
            return null;
        }

        if (Duration.Parse(text.Text) is { } length && length >= least && length <= most)
        {
            return length;
        }

        fields.Report(text, key, $"is no length of time from {Say(least)} to {Say(most)}", $"write {example}");
        return null;
    }

    private static string Say(TimeSpan length) => length.TotalHours >= 1 ? $"{(int)length.TotalHours}h" : length.TotalMinutes >= 1 ? $"{(int)length.TotalMinutes}m" : $"{length.Seconds}s";

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "...";
}

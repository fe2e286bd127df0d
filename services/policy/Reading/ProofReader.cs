using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Reading;

/// <summary>Reads <c>unless</c> of a deny.</summary>
internal static class ProofReader
{
    private static readonly TimeSpan Least = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Most = TimeSpan.FromDays(1);

    /// <summary>Null where it is absent or wrong (reported).</summary>
    public static ProofTerms? Read(YamlFields rule, PolicyProblems problems)
    {
        if (rule.Find("unless") is not { } node || YamlFields.Open(node, rule.PathOf("unless"), problems, "mfa", "acr", "max_age", "scope") is not { } fields)
        {
            return null;
        }

        var terms = new ProofTerms
        {
            Mfa = fields.Flag("mfa") ?? false,
            Classes = Tokens(fields, "acr", "acr: [\"urn:example:gold\"]"),
            MaxAge = Age(fields),
            Scopes = Tokens(fields, "scope", "scope: [\"orders:write\"]"),
        };
        if (!terms.Mfa && fields.Find("acr") is null && fields.Find("max_age") is null && fields.Find("scope") is null)
        {
            rule.Report(node, "unless", "asks for nothing", "write unless: { mfa: true }");
        }

        return terms;
    }

    private static TimeSpan? Age(YamlFields fields)
    {
        if (fields.Text("max_age", "max_age: 15m") is not { } text)
        {
            return null;
        }

        if (Duration.Parse(text.Text) is { } age && age >= Least && age <= Most)
        {
            return age;
        }

        fields.Report(text, "max_age", "is no time from 30s to 24h", "write max_age: 15m");
        return null;
    }

    private static string[] Tokens(YamlFields fields, string key, string example)
    {
        var texts = fields.Texts(key, example);
        foreach (var wrong in texts.Where(t => !ProofTerms.IsToken(t.Text)))
        {
            fields.Report(wrong, key, "has a space, a quote, a backslash or what is no ASCII", $"write {example}");
        }

        return [.. texts.Select(t => t.Text)];
    }
}

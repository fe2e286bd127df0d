using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Reading;

/// <summary>Reads <c>masking</c> of a rule or of the defaults: the name of a profile, or <c>{ profile: linked, exempt: [name, date] }</c>.</summary>
internal static class MaskingReader
{
    private const string Example = "masking: safe-harbor";

    /// <summary>What <paramref name="fields"/> say; null when absent or wrong (reported).</summary>
    public static MaskingTerms? Read(YamlFields fields, PolicyProblems problems)
    {
        if (fields.Find("masking") is not YamlMapping map)
        {
            return fields.Text("masking", Example) is { } name && Profile(fields, name, "masking") is { } profile ? new MaskingTerms(profile, []) : null;
        }

        if (YamlFields.Open(map, fields.PathOf("masking"), problems, "profile", "exempt") is not { } terms)
        {
            return null;
        }

        var named = terms.Text("profile", "profile: safe-harbor", required: true);
        var exempt = terms.Texts("exempt", "exempt: [name, date]");
        foreach (var unknown in exempt.Where(e => !IdentifierClasses.All.Contains(e.Text, StringComparer.Ordinal)))
        {
            terms.Report(unknown, "exempt", $"is no class of identifiers: {Short(unknown.Text)}", $"use {string.Join(", ", IdentifierClasses.All)}");
        }

        return named is not null && Profile(terms, named, "profile") is { } known
            ? new MaskingTerms(known, [.. exempt.Select(e => e.Text).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)])
            : null;
    }

    private static string? Profile(YamlFields fields, YamlScalar text, string key)
    {
        if (PolicyNames.IsMaskingProfile(text.Text))
        {
            return text.Text;
        }

        fields.Report(text, key, "is no name of a masking profile", "use lower-case letters, digits and '-', e.g. safe-harbor");
        return null;
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "...";
}

using System.Text.RegularExpressions;
using Chaperone.Contracts;
using Chaperone.Policy.Documents;
using Chaperone.Policy.Patterns;

namespace Chaperone.Policy.Reading;

/// <summary>Reads the entries of <c>identifiers</c>: the operator's own keys, patterns and words, and what stays.</summary>
internal sealed class OwnRuleReader(PolicyProblems problems, IReadOnlyDictionary<string, PolicyServer> servers)
{
    /// <summary>Characters of all texts of the section together.</summary>
    public const int MostCharacters = 16_384;

    private const int MostRules = 64;
    private const int MostPatterns = 64;
    private const int LongestPattern = 256;
    private const int LongestText = 128;
    private const int ShortestText = 3;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private int _characters;
    private int _patterns;

    /// <summary>All rules of <paramref name="root"/>; those that are wrong are reported.</summary>
    public IReadOnlyList<OwnRule> Read(YamlFields root)
    {
        switch (root.Find("identifiers"))
        {
            case null:
                return [];
            case YamlSequence { Items.Count: <= MostRules } list:
                return [.. list.Items.Select((item, i) => Read(item, $"identifiers[{i}]")).OfType<OwnRule>()];
            case YamlSequence many:
                root.Report(many, "identifiers", $"has more than {MostRules} rules", "put the words and patterns of one class into one rule");
                return [];
            case var wrong:
                root.Report(wrong, "identifiers", $"must be a list, is {wrong.Kind}", "write '- name: ward-badge' lines");
                return [];
        }
    }

    private OwnRule? Read(YamlNode node, string path)
    {
        if (YamlFields.Open(node, path, problems, "name", "description", "class", "keys", "patterns", "words", "allow", "hosts", "servers", "tools") is not { } fields)
        {
            return null;
        }

        fields.Text("description", "description: why it is there");
        var name = fields.Text("name", "name: ward-badge", required: true);
        if (name is not null && !PolicyNames.IsName(name.Text))
        {
            fields.Report(name, "name", "is no name", PolicyNames.Remedy);
        }
        else if (name is not null && !_names.Add(name.Text))
        {
            fields.Report(name, "name", $"is taken by another rule of identifiers: {name.Text}", "choose another");
        }

        var rule = new OwnMaskingRule
        {
            Name = name?.Text ?? "",
            Class = ReadClass(fields),
            Keys = ReadTexts(fields, "keys", "keys: [ward_badge]", least: 2),
            Patterns = ReadPatterns(fields),
            Words = ReadTexts(fields, "words", "words: [Project Aurora]", ShortestText),
            Allow = ReadTexts(fields, "allow", "allow: [Lakeside Protocol]", ShortestText),
            Hosts = ReadHosts(fields),
        };
        if (rule.Keys.Length + rule.Patterns.Length + rule.Words.Length + rule.Allow.Length + rule.Hosts.Length == 0)
        {
            fields.Report(fields.Node, "keys", "is missing, and so are patterns, words, allow and hosts", "say what the rule finds, or what stays");
        }

        return name is null ? null : new OwnRule(rule, ReadNames(fields, "servers", servers.Keys), ReadNames(fields, "tools", null));
    }

    private static string ReadClass(YamlFields fields)
    {
        var finds = fields.Find("keys") is not null || fields.Find("patterns") is not null || fields.Find("words") is not null;
        var text = fields.Text("class", "class: id", required: finds);
        if (text is not null && !IdentifierClasses.All.Contains(text.Text, StringComparer.Ordinal))
        {
            fields.Report(text, "class", "is no class of identifiers", $"use {string.Join(", ", IdentifierClasses.All)}");
        }

        return text?.Text ?? "";
    }

    private string[] ReadTexts(YamlFields fields, string key, string example, int least)
    {
        var texts = new List<string>();
        foreach (var text in fields.Texts(key, example))
        {
            if (text.Text.Length > LongestText || text.Text.Count(char.IsLetterOrDigit) < least || text.Text.Any(char.IsControl))
            {
                fields.Report(text, key, $"must have {least} to {LongestText} characters on one line, with {least} letters or digits", $"write {example}");
            }

            Count(fields, text, key);
            texts.Add(text.Text);
        }

        return [.. texts.Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private string[] ReadHosts(YamlFields fields)
    {
        var hosts = new List<string>();
        foreach (var text in fields.Texts("hosts", "hosts: [terminology.example.org]"))
        {
            if (Uri.CheckHostName(text.Text) != UriHostNameType.Dns || !text.Text.Contains('.', StringComparison.Ordinal))
            {
                fields.Report(text, "hosts", "is no host name with a domain", "write hosts: [terminology.example.org], without scheme and path");
            }

            Count(fields, text, "hosts");
            hosts.Add(text.Text);
        }

        return [.. hosts];
    }

    private string[] ReadPatterns(YamlFields fields)
    {
        var patterns = new List<string>();
        foreach (var text in fields.Texts("patterns", "patterns: [\"WB-[0-9]{6}\"]"))
        {
            Count(fields, text, "patterns");
            if (text.Text.Length > LongestPattern)
            {
                fields.Report(text, "patterns", $"is longer than {LongestPattern} characters", "split it into several");
            }
            else if (++_patterns > MostPatterns)
            {
                fields.Report(text, "patterns", $"is one pattern more than {MostPatterns}", "join some with |");
            }
            else
            {
                Check(fields, text);
            }

            patterns.Add(text.Text);
        }

        return [.. patterns];
    }

    private static void Check(YamlFields fields, YamlScalar text)
    {
        try
        {
            if (TextPattern.Parse(text.Text).Finds("") != false)
            {
                fields.Report(text, "patterns", "is found in an empty text, so it would mask between all letters", "make a part of it obligatory: [0-9]{6} in place of [0-9]*");
            }
        }
        catch (NotSupportedException)
        {
            fields.Report(text, "patterns", "is a pattern that cannot run in linear time", "do without lookarounds, backreferences, atomic groups and huge repetitions");
        }
        catch (RegexParseException e)
        {
            fields.Report(text, "patterns", $"is no regular expression ({e.Message.TrimEnd('.')})", "correct it");
        }
    }

    private static NamePattern[] ReadNames(YamlFields fields, string key, IEnumerable<string>? known)
    {
        var patterns = new List<NamePattern>();
        foreach (var text in fields.Texts(key, $"{key}: name, or a list of names"))
        {
            var pattern = new NamePattern(text.Text);
            if (text.Text.Length > LongestText)
            {
                fields.Report(text, key, $"is longer than {LongestText} characters", "shorten it with *");
            }
            else if (known?.Any(pattern.Matches) == false)
            {
                fields.Report(text, key, "is no server of this file", "add it under servers, or correct the name");
            }

            patterns.Add(pattern);
        }

        return [.. patterns];
    }

    private void Count(YamlFields fields, YamlScalar text, string key)
    {
        var before = _characters;
        _characters += text.Text.Length;
        if (before <= MostCharacters && _characters > MostCharacters)
        {
            fields.Report(text, key, $"makes the section longer than {MostCharacters} characters", "use patterns in the place of long lists");
        }
    }
}

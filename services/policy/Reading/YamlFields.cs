namespace Chaperone.Policy.Reading;

/// <summary>The keys of one mapping, read strictly: what is missing, of a wrong type or unknown is reported with its place.</summary>
internal sealed class YamlFields
{
    private readonly YamlMapping _map;
    private readonly PolicyProblems _problems;

    private YamlFields(YamlMapping map, string path, PolicyProblems problems)
    {
        _map = map;
        _problems = problems;
        Path = path;
    }

    /// <summary>Path of the mapping; empty at the top.</summary>
    public string Path { get; }

    /// <summary>Its place.</summary>
    public YamlNode Node => _map;

    /// <summary>Opens a mapping that may hold only <paramref name="known"/> keys; null when it is none (reported).</summary>
    public static YamlFields? Open(YamlNode node, string path, PolicyProblems problems, params string[] known)
    {
        if (node is not YamlMapping map)
        {
            problems.Add(node, path, $"must be a mapping, is {node.Kind}", $"use the keys {string.Join(", ", known)}");
            return null;
        }

        var fields = new YamlFields(map, path, problems);
        foreach (var (key, _) in map.Entries.Where(e => !known.Contains(e.Key.Text, StringComparer.Ordinal)))
        {
            problems.Add(key, fields.PathOf(key.Text), "is no known key", $"use one of {string.Join(", ", known)}");
        }

        return fields;
    }

    public string PathOf(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    /// <summary>The value of <paramref name="key"/>; null when absent.</summary>
    public YamlNode? Find(string key) => _map.Entries.FirstOrDefault(e => e.Key.Text == key).Value;

    /// <summary>The value of <paramref name="key"/>; null when absent (reported with <paramref name="example"/>).</summary>
    public YamlNode? Require(string key, string example)
    {
        var found = Find(key);
        if (found is null)
        {
            Report(_map, key, "is missing", $"add {example}");
        }

        return found;
    }

    /// <summary>A string that is not empty; null when absent or wrong (reported).</summary>
    public YamlScalar? Text(string key, string example, bool required = false)
    {
        var node = required ? Require(key, example) : Find(key);
        return node is null ? null : AsText(node, PathOf(key), example);
    }

    /// <summary>A string or a list of strings, none empty; empty when absent or wrong (reported).</summary>
    public IReadOnlyList<YamlScalar> Texts(string key, string example, bool required = false)
    {
        var node = required ? Require(key, example) : Find(key);
        return node is null ? [] : AsTexts(node, PathOf(key), example);
    }

    /// <summary>A whole number within bounds; null when absent or wrong (reported).</summary>
    public int? Whole(string key, int least, int most)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case YamlScalar { IsPlain: true } scalar when int.TryParse(scalar.Text, out var number) && number >= least && number <= most:
                return number;
            case var wrong:
                Report(wrong, key, $"must be a whole number from {least} to {most}", $"write {key}: {least}");
                return null;
        }
    }

    /// <summary>true or false; null when absent or wrong (reported).</summary>
    public bool? Flag(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case YamlScalar { IsPlain: true, Text: "true" or "false" } scalar:
                return scalar.Text == "true";
            case var wrong:
                Report(wrong, key, "must be true or false", $"write {key}: true");
                return null;
        }
    }

    /// <summary>The named entries of a mapping, in order; empty when absent or wrong (reported).</summary>
    public IReadOnlyList<(YamlScalar Key, YamlNode Value)> Entries(string key, string example)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case YamlMapping map:
                return map.Entries;
            case var wrong:
                Report(wrong, key, $"must be a mapping, is {wrong.Kind}", $"write {example}");
                return [];
        }
    }

    public void Report(YamlNode at, string key, string problem, string remedy) => _problems.Add(at, PathOf(key), problem, remedy);

    /// <summary>As <see cref="Texts"/>, for a node that stands elsewhere.</summary>
    public IReadOnlyList<YamlScalar> AsTexts(YamlNode node, string path, string example)
    {
        if (node is not YamlSequence list)
        {
            return AsText(node, path, example) is { } single ? [single] : [];
        }

        if (list.Items.Count == 0)
        {
            _problems.Add(list, path, "is an empty list", $"write {example}, or remove the key");
        }

        return [.. list.Items.Select((item, i) => AsText(item, $"{path}[{i}]", example)).OfType<YamlScalar>()];
    }

    private YamlScalar? AsText(YamlNode node, string path, string example)
    {
        if (node is YamlScalar { IsString: true, Text.Length: > 0 } scalar)
        {
            return scalar;
        }

        var kind = node is YamlScalar { IsString: true } ? "empty" : node.Kind;
        var quotes = kind is "a number" or "a boolean" ? ", in quotes if it is one" : string.Empty;
        _problems.Add(node, path, $"must be a string, is {kind}", $"write {example}{quotes}");
        return null;
    }
}

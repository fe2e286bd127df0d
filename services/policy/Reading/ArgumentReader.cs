using Chaperone.Policy.Patterns;

namespace Chaperone.Policy.Reading;

/// <summary>Reads <c>arguments</c> of a match: by path, a regular expression or a mapping of conditions.</summary>
internal sealed class ArgumentReader(PolicyProblems problems)
{
    private const int MaxPattern = 1024;
    private const int MaxPatterns = 2000;
    private const int MaxLength = 100_000_000;
    private const string Example = "{ in: [icu, er] }";

    // Many rules carry the same pattern, and an automaton is not small.
    private readonly Dictionary<string, TextPattern> _patterns = new(StringComparer.Ordinal);

    /// <summary>All conditions of <paramref name="fields"/>.</summary>
    public ArgumentCondition[] Read(YamlFields fields)
    {
        var conditions = new List<ArgumentCondition>();
        foreach (var (key, value) in fields.Entries("arguments", "arguments: { sql: \"(?i)drop\" }"))
        {
            var path = fields.PathOf($"arguments.{key.Text}");
            var at = ArgumentPath.Parse(key.Text);
            if (at is null)
            {
                problems.Add(key, path, "is no path of an argument", "write it like sql, patient.id, items[*].name or ['odd.key']");
            }

            var (tests, exists) = value is YamlMapping map
                ? ReadTests(map, path)
                : ([new PatternTest(ReadPatterns(fields, value, path, $"{key.Text}: \"^[A-Z]+$\""))], null);
            if (at is not null)
            {
                conditions.Add(new ArgumentCondition(at, tests, exists));
            }
        }

        if (fields.Find("arguments") is YamlMapping { Entries.Count: 0 } empty)
        {
            fields.Report(empty, "arguments", "is empty", "remove it, or name an argument");
        }

        return [.. conditions];
    }

    private (IValueTest[] Tests, bool? Exists) ReadTests(YamlMapping map, string path)
    {
        if (YamlFields.Open(map, path, problems, "equals", "in", "glob", "regex", "min", "max", "length", "exists") is not { } fields)
        {
            return ([], null);
        }

        if (map.Entries.Count == 0)
        {
            problems.Add(map, path, "is empty", $"write {Example}");
        }

        var exists = fields.Flag("exists");
        IValueTest?[] tests = [ReadEquals(fields), ReadIn(fields), ReadGlobs(fields), ReadRegex(fields), ReadRange(fields), ReadLength(fields)];
        IValueTest[] read = [.. tests.OfType<IValueTest>()];
        if (exists == false && read.Length > 0)
        {
            fields.Report(fields.Find("exists")!, "exists", "is false beside conditions on the value", "remove one of them: nothing can be both");
        }

        return (read, exists);
    }

    private LiteralTest? ReadEquals(YamlFields fields) =>
        fields.Find("equals") is { } node && LiteralReader.Read(node, fields.PathOf("equals"), problems) is { } literal ? new LiteralTest("equals", [literal]) : null;

    private LiteralTest? ReadIn(YamlFields fields)
    {
        if (fields.Find("in") is not { } node)
        {
            return null;
        }

        if (node is not YamlSequence { Items.Count: > 0 })
        {
            fields.Report(node, "in", "must be a list that is not empty", "write in: [icu, er]");
            return null;
        }

        return new LiteralTest("in", LiteralReader.ReadAny(node, fields.PathOf("in"), problems));
    }

    private static GlobTest? ReadGlobs(YamlFields fields)
    {
        var globs = GlobReader.Read(fields, "glob", "glob: \"/data/*\"");
        return globs.Length == 0 ? null : new GlobTest(globs);
    }

    private PatternTest? ReadRegex(YamlFields fields) =>
        fields.Find("regex") is { } node ? new PatternTest(ReadPatterns(fields, node, fields.PathOf("regex"), "regex: \"^[A-Z]+$\"")) : null;

    private static RangeTest? ReadRange(YamlFields fields)
    {
        var (least, most) = (LiteralReader.ReadNumber(fields, "min"), LiteralReader.ReadNumber(fields, "max"));
        if (least is not null && most is not null && least.CompareTo(most) > 0)
        {
            fields.Report(fields.Find("max")!, "max", "is less than min", "exchange them");
        }

        return least is null && most is null ? null : new RangeTest(least, most);
    }

    private LengthTest? ReadLength(YamlFields fields)
    {
        switch (fields.Find("length"))
        {
            case null:
                return null;
            case YamlMapping map when YamlFields.Open(map, fields.PathOf("length"), problems, "min", "max") is { } bounds:
                var (least, most) = (bounds.Whole("min", 0, MaxLength), bounds.Whole("max", 0, MaxLength));
                if (map.Entries.Count == 0 || least > most)
                {
                    fields.Report(map, "length", map.Entries.Count == 0 ? "is empty" : "has a max less than its min", "write length: { max: 200 }");
                }

                return new LengthTest(least ?? 0, most ?? int.MaxValue);
            default:
                return fields.Whole("length", 0, MaxLength) is { } exactly ? new LengthTest(exactly, exactly) : null;
        }
    }

    private TextPattern[] ReadPatterns(YamlFields fields, YamlNode node, string path, string example) =>
        [.. fields.AsTexts(node, path, example).Select(t => ReadPattern(t, path)).OfType<TextPattern>()];

    private TextPattern? ReadPattern(YamlScalar text, string path)
    {
        if (_patterns.TryGetValue(text.Text, out var known))
        {
            return known;
        }

        if (text.Text.Length > MaxPattern)
        {
            problems.Add(text, path, $"is longer than {MaxPattern} characters", "split it into a list of patterns");
            return null;
        }

        if (_patterns.Count == MaxPatterns)
        {
            problems.Add(text, path, $"is one pattern more than {MaxPatterns} different ones", "use the same pattern in several rules, or fewer");
            return null;
        }

        try
        {
            return _patterns[text.Text] = TextPattern.Parse(text.Text);
        }
        catch (NotSupportedException)
        {
            problems.Add(text, path, "is a pattern that cannot run in linear time", "do without lookarounds, backreferences, atomic groups and huge repetitions");
        }
        catch (ArgumentException e)
        {
            problems.Add(text, path, $"is no regular expression ({e.Message.TrimEnd('.')})", "correct it");
        }

        return null;
    }
}

using Chaperone.Policy.Documents;
using Chaperone.Policy.Patterns;

namespace Chaperone.Policy.Reading;

/// <summary>Reads <c>counters</c> of a match: one, or a list, of which each must be over.</summary>
internal static class CounterReader
{
    private const int MostCounters = 8;
    private const int MostOver = 10_000;
    private static readonly string[] Kinds = ["calls", "distinct", "denials"];

    /// <summary>Reads them; wrong ones are reported and left out.</summary>
    public static CounterTerms[] Read(YamlFields match, PolicyProblems problems)
    {
        if (match.Find("counters") is not { } node)
        {
            return [];
        }

        var items = node is YamlSequence list ? list.Items : [node];
        if (items.Count is 0 or > MostCounters)
        {
            match.Report(node, "counters", $"holds {items.Count} counters", $"write 1 to {MostCounters}, such as counters: {{ of: calls, over: 20, within: 10m }}");
            return [];
        }

        return [.. items.Select((item, i) => ReadOne(item, match.PathOf(node is YamlSequence ? $"counters[{i}]" : "counters"), problems)).OfType<CounterTerms>()];
    }

    private static CounterTerms? ReadOne(YamlNode node, string path, PolicyProblems problems)
    {
        if (YamlFields.Open(node, path, problems, "of", "target", "argument", "over", "within") is not { } fields)
        {
            return null;
        }

        var kind = fields.Text("of", "of: calls", required: true) is { } of ? Array.IndexOf(Kinds, of.Text) : -2;
        if (kind == -1)
        {
            fields.Report(fields.Find("of")!, "of", "is nothing that is counted", $"use one of {string.Join(", ", Kinds)}");
        }

        var argument = ReadArgument(fields, kind == (int)CounterKind.Distinct);
        var over = fields.Require("over", "over: 20") is null ? null : fields.Whole("over", 0, MostOver);
        var within = ReadTime(fields);
        return kind < 0 || over is null || within is null ? null : new CounterTerms
        {
            Kind = (CounterKind)kind,
            Targets = [.. fields.Texts("target", "target: get_*").Select(t => new NamePattern(t.Text))],
            Argument = argument,
            Over = over.Value,
            Within = within.Value,
        };
    }

    private static ArgumentPath? ReadArgument(YamlFields fields, bool isNeeded)
    {
        if (fields.Text("argument", "argument: patient.id", required: isNeeded) is not { } text)
        {
            return null;
        }

        if (!isNeeded)
        {
            fields.Report(text, "argument", "stands where no values are told apart", "write of: distinct, or remove it");
            return null;
        }

        var path = ArgumentPath.Parse(text.Text);
        if (path is null)
        {
            fields.Report(text, "argument", "is no path into the arguments", "write it like patient.id or ids[*]");
        }

        return path;
    }

    private static TimeSpan? ReadTime(YamlFields fields)
    {
        if (fields.Text("within", "within: 10m", required: true) is not { } text)
        {
            return null;
        }

        if (Duration.Parse(text.Text) is { } time && time >= TimeSpan.FromSeconds(1) && time <= CounterTerms.Longest)
        {
            return time;
        }

        fields.Report(text, "within", "is no length of time from 1s to 24h", "write it like 90s, 10m or 1h30m");
        return null;
    }
}

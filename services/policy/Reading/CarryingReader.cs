using Chaperone.Policy.Carried;
using Chaperone.Policy.Patterns;

namespace Chaperone.Policy.Reading;

/// <summary>Reads <c>arguments</c> of a server's <c>sql</c> or <c>shell</c>: tools, and the arguments that carry the text.</summary>
internal static class CarryingReader
{
    /// <summary>Reads it; empty when it is wrong (reported). <paramref name="example"/> is one entry.</summary>
    public static CarryingArgument[] Read(YamlFields fields, string example, PolicyProblems problems)
    {
        var arguments = new List<CarryingArgument>();
        foreach (var (tool, value) in fields.Entries("arguments", $"arguments: {{ {example} }}"))
        {
            var path = fields.PathOf($"arguments.{tool.Text}");
            foreach (var text in fields.AsTexts(value, path, example))
            {
                if (ArgumentPath.Parse(text.Text) is { } at)
                {
                    arguments.Add(new CarryingArgument(new NamePattern(tool.Text), at));
                }
                else
                {
                    problems.Add(text, path, "is no path of an argument", "write it like sql, statement.text or statements[*]");
                }
            }
        }

        if (arguments.Count == 0)
        {
            fields.Report(fields.Find("arguments") ?? fields.Node, "arguments", "names no tool", $"add arguments: {{ {example} }}: the tool, and the argument that carries the text");
        }

        return [.. arguments];
    }
}

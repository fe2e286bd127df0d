using Chaperone.Policy.Tools;

namespace Chaperone.Policy.Reading;

/// <summary>Reads <c>annotations</c> of a match: what the tool must say of itself.</summary>
internal static class HintReader
{
    /// <summary>Null when absent or wrong (reported).</summary>
    public static ToolHints? Read(YamlFields fields, PolicyProblems problems)
    {
        if (fields.Find("annotations") is not { } node
            || YamlFields.Open(node, fields.PathOf("annotations"), problems, "readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint") is not { } hints)
        {
            return null;
        }

        if (node is YamlMapping { Entries.Count: 0 })
        {
            fields.Report(node, "annotations", "is empty", "write annotations: { destructiveHint: true }");
        }

        return new ToolHints(hints.Flag("readOnlyHint"), hints.Flag("destructiveHint"), hints.Flag("idempotentHint"), hints.Flag("openWorldHint"));
    }
}

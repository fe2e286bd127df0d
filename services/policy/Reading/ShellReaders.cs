using Chaperone.Policy.Carried;
using Chaperone.Policy.Shell;

namespace Chaperone.Policy.Reading;

/// <summary>Reads <c>shell</c> of a server and of a rule's match.</summary>
internal static class ShellReaders
{
    private const int MaxPattern = 256;

    /// <summary>The arguments of a server's tools that carry shell commands; null when it is wrong (reported).</summary>
    public static CarryingArgument[]? ReadServer(YamlNode node, string path, PolicyProblems problems) =>
        YamlFields.Open(node, path, problems, "arguments") is { } fields ? CarryingReader.Read(fields, "run: command", problems) : null;

    /// <summary>The condition of a rule; null when it is wrong (reported).</summary>
    public static ShellCondition? ReadMatch(YamlNode node, string path, PolicyProblems problems)
    {
        if (YamlFields.Open(node, path, problems, "command", "pipes", "redirections", "substitutions", "several") is not { } fields)
        {
            return null;
        }

        if (node is YamlMapping { Entries.Count: 0 } empty)
        {
            problems.Add(empty, path, "is empty", "remove it, or say what the commands must be, such as command: \"rm -rf\"");
        }

        return new ShellCondition
        {
            Commands = [.. ReadCommands(fields)],
            Pipes = fields.Flag("pipes"),
            Redirections = fields.Flag("redirections"),
            Substitutions = fields.Flag("substitutions"),
            Several = fields.Flag("several"),
        };
    }

    private static IEnumerable<CommandPattern> ReadCommands(YamlFields fields)
    {
        foreach (var text in fields.Texts("command", "command: [ls, \"kubectl get\"]"))
        {
            if (text.Text.Length > MaxPattern || text.Text.StartsWith('-') || text.Text.Trim().Length != text.Text.Length || text.Text.Any(char.IsControl))
            {
                fields.Report(text, "command", "is no command", "write its name first, then words and flags: \"kubectl delete\"");
            }

            yield return new CommandPattern(text.Text);
        }
    }
}

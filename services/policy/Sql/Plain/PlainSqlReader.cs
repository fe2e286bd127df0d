using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Plain;

/// <summary>
/// Reads SQL of the dialects that have no parser of their own here. What it does not know is unreadable, and so is what a
/// server could read in two ways.
/// </summary>
internal sealed class PlainSqlReader(SqlDialect dialect) : ISqlReader
{
    private readonly LexicalRules _rules = new(dialect);

    public Script Read(string text)
    {
        if (text.Length > SqlText.MaxLength)
        {
            return Script.Unreadable($"the text has more than {SqlText.MaxLength} characters");
        }

        var hasComments = false;
        try
        {
            var list = Tokenizer.Read(text, _rules);
            hasComments = list.HasComments;
            return new Script { Statements = new Grammar(list, dialect).Statements.ReadAll(), HasComments = hasComments };
        }
        catch (UnreadableSqlException e)
        {
            return Script.Unreadable($"{Place(text, e.Position)}: {e.Message}") with { HasComments = hasComments };
        }
    }

    private static string Place(string text, int position)
    {
        var before = text.AsSpan(0, Math.Clamp(position, 0, text.Length));
        return $"line {before.Count('\n') + 1}, column {before.Length - before.LastIndexOf('\n')}";
    }
}

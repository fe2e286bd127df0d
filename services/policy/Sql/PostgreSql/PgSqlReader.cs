using System.Text.Json;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.PostgreSql;

/// <summary>Reads PostgreSQL's SQL by its own parser.</summary>
internal sealed class PgSqlReader : ISqlReader
{
    // A level of the tree is three or four of its JSON; deeper ones nobody writes by hand.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 4 * SqlText.MaxDepth };

    /// <inheritdoc/>
    public Script Read(string text)
    {
        if (text.Length > SqlText.MaxLength)
        {
            return Script.Unreadable($"is longer than {SqlText.MaxLength} characters");
        }

        // The parser ends at a NUL: what stands behind it would go unseen.
        if (text.Contains('\0', StringComparison.Ordinal) || LibPgQuery.Parse(text) is not { } tree)
        {
            return Script.Unreadable("is no SQL that PostgreSQL 15 can read");
        }

        try
        {
            using var document = JsonDocument.Parse(tree, Deep);
            return new Script { Statements = Statements(document.RootElement), HasComments = PgComments.Has(text) };
        }
        catch (JsonException)
        {
            return Script.Unreadable("is nested too deeply");
        }
    }

    private static Statement[] Statements(JsonElement root)
    {
        var reader = new PgStatements();
        return [.. PgNode.Items(root, "stmts").Where(s => s.TryGetProperty("stmt", out _)).Select(s => reader.Read(s.GetProperty("stmt")))];
    }
}

using System.Text.Json;
using Chaperone.Policy.Carried;

namespace Chaperone.Policy.Sql.Facts;

/// <summary>Finds the SQL in a call's arguments.</summary>
internal static class SqlCarried
{
    /// <summary>The facts of what <paramref name="tool"/> carries in <paramref name="arguments"/>; null when it carries no SQL by its declaration.</summary>
    public static SqlFacts? Find(SqlTerms terms, string tool, JsonElement arguments)
    {
        var found = CarriedTexts.Find(terms.Arguments, tool, arguments);
        return found switch
        {
            null => null,
            { Problem: { } problem } => SqlFacts.Unreadable(problem),
            { Texts: var texts } => terms.Facts.Of(texts, some => SqlFacts.Of(SqlReaders.For(terms.Dialect).ReadAll(some), terms)),
        };
    }
}

using Chaperone.Policy.Sql.Trees;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Chaperone.Policy.Sql.TSql;

/// <summary>
/// Reads T-SQL by Microsoft's own parser. What the parser took and the tree does not hold makes a text unreadable, so that a
/// part that nobody thought of cannot vanish.
/// </summary>
internal sealed class TSqlReader : ISqlReader
{
    // The parser and its lexer recurse, with up to 200 bytes of stack for each character and 5,000 for each level of nesting:
    // longer or deeper texts get a stack of their own.
    private const int LongText = 2000;
    private const int DeepText = 32;
    private const int LargeStack = 64 * 1024 * 1024;

    /// <summary>Reads <paramref name="text"/>.</summary>
    public Script Read(string text) => Read(text, 0);

    /// <summary>Reads <paramref name="text"/>, which stands <paramref name="depth"/> levels deep in another.</summary>
    internal static Script Read(string text, int depth)
    {
        if (text.Length > SqlText.MaxLength)
        {
            return Script.Unreadable($"is longer than {SqlText.MaxLength} characters");
        }

        return text.Length > LongText ? OnLargeStack(() => Read(text, depth, hasRoom: true)) : Read(text, depth, hasRoom: false);
    }

    private static Script Read(string text, int depth, bool hasRoom)
    {
        var hasComments = false;
        try
        {
            // Double quotes are names here. Where a server takes them for strings, TSqlExpressions keeps both meanings open.
            var parser = new TSql180Parser(initialQuotedIdentifiers: true);
            var tokens = parser.GetTokenStream(new StringReader(text), out var errors);
            hasComments = TSqlTokens.HasComments(tokens);
            Check(errors);
            if (TSqlTokens.Check(tokens) > DeepText && !hasRoom)
            {
                return OnLargeStack(() => Read(text, depth, hasRoom: true));
            }

            var script = ReadTokens(parser, tokens, depth);
            return script with { HasComments = hasComments || script.HasComments };
        }
        catch (TSqlUnreadableException e)
        {
            return Script.Unreadable(e.Message) with { HasComments = hasComments };
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The parser is not ours: whatever it throws for an odd text, the text is one that cannot be read.
            return Script.Unreadable("is no T-SQL that can be read") with { HasComments = hasComments };
        }
    }

    private static Script ReadTokens(TSqlParser parser, IList<TSqlParserToken> tokens, int depth)
    {
        var root = parser.Parse(tokens, out var errors);
        Check(errors);
        if (root is not TSqlScript script)
        {
            throw new TSqlUnreadableException("is no T-SQL that can be read");
        }

        var fragments = TSqlFragments.All(script);
        TSqlSpelling.Check(fragments);
        var parts = new TSqlParts(TSqlVariables.Moving(fragments), depth);
        Statement[] statements = [.. script.Batches.SelectMany(b => b.Statements).Select(parts.Statements.Read)];
        var lost = fragments.Find(f => TSqlFragments.Matters(f) && !parts.IsSeen(f));
        return lost is null
            ? new Script { Statements = statements, HasComments = parts.HasComments }
            : throw new TSqlUnreadableException("holds a part that is not understood", lost);
    }

    private static Script OnLargeStack(Func<Script> read)
    {
        var script = Script.Unreadable("is no T-SQL that can be read");
        var thread = new Thread(() => script = read(), LargeStack);
        thread.Start();
        thread.Join();
        return script;
    }

    private static void Check(IList<ParseError> errors)
    {
        if (errors.Count > 0)
        {
            throw new TSqlUnreadableException($"is no T-SQL that can be read (line {errors[0].Line}, column {errors[0].Column})");
        }
    }
}

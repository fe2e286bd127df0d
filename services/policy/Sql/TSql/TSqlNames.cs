using Chaperone.Policy.Sql.Trees;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace Chaperone.Policy.Sql.TSql;

/// <summary>Names of the parser as names of the tree.</summary>
internal static class TSqlNames
{
    /// <summary>The parts of <paramref name="name"/>; one left out in the middle (<c>db..t</c>) is empty.</summary>
    public static string[] Parts(MultiPartIdentifier name) => [.. name.Identifiers.Select(i => i.Value ?? string.Empty).SkipWhile(string.IsNullOrEmpty)];

    public static TableName Table(MultiPartIdentifier name) => new(Parts(name));

    /// <summary>Temporary tables and table variables.</summary>
    public static bool IsLocal(TableName name) => name.Last.StartsWith('#') || name.Last.StartsWith('@');

    /// <summary>A string only as long as QUOTED_IDENTIFIER is off, which a text may believe and its server not.</summary>
    public static bool IsDoubleQuoted(StringLiteral literal) =>
        literal.ScriptTokenStream is not { } tokens || tokens[literal.FirstTokenIndex].Text.StartsWith('"');

    public static string[] Columns(IList<Identifier>? columns) => columns is null ? [] : [.. columns.Select(c => c.Value)];

    /// <summary>The table that <paramref name="text"/> names, as procedures take names in strings; null when it is no name.</summary>
    public static TableName? FromText(string text)
    {
        var parser = new TSql180Parser(initialQuotedIdentifiers: true);
        TSqlTokens.Check(parser.GetTokenStream(new StringReader(text), out _));
        var name = parser.ParseSchemaObjectName(new StringReader(text), out var errors);
        return errors.Count == 0 && name is not null ? Table(name) : null;
    }
}

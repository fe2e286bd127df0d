using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Plain;

/// <summary>Reads names of tables, columns and types.</summary>
internal sealed class NameParser(Grammar grammar)
{
    private TokenCursor Cursor => grammar.Cursor;

    /// <summary>Reads one part of a name.</summary>
    public string ReadPart() => Cursor.Current.IsName && Cursor.Current.Text.Length > 0 ? Cursor.Next().Text : throw Cursor.Unexpected();

    /// <summary>Reads a dotted name; one pair of backticks of BigQuery may hold all of it.</summary>
    public string[] ReadParts()
    {
        var parts = new List<string>();
        do
        {
            AddPart(parts);
        }
        while (Cursor.Accept("."));
        return [.. parts];
    }

    /// <summary>Reads the name of a table.</summary>
    public TableName ReadTable()
    {
        if (Cursor.Current.Kind == TokenKind.String && grammar.Dialect == SqlDialect.Sqlite)
        {
            return new TableName([Cursor.Next().Text]);
        }

        var parts = ReadParts();
        if (grammar.Dialect == SqlDialect.BigQuery && parts.Any(p => p.IndexOfAny(['*', '$', '@']) >= 0))
        {
            // A wildcard stands for many tables, whatever they are called.
            throw Cursor.Unexpected();
        }

        if (!Cursor.Accept("@"))
        {
            return new TableName(parts);
        }

        // Oracle: a table of another server.
        return new TableName([string.Join('.', ReadParts()), .. parts]);
    }

    /// <summary>Reads <c>(a, b)</c>.</summary>
    public string[] ReadList()
    {
        var names = new List<string>();
        Cursor.Expect("(");
        do
        {
            names.Add(ReadPart());
        }
        while (Cursor.Accept(","));
        Cursor.Expect(")");
        return [.. names];
    }

    /// <summary>Reads an alias, with AS or without; null where there is none.</summary>
    public string? ReadAlias()
    {
        if (Cursor.Accept("AS"))
        {
            return Cursor.Current.Kind == TokenKind.String && !grammar.In(SqlDialect.Oracle, SqlDialect.Snowflake) ? Cursor.Next().Text : ReadPart();
        }

        if (Cursor.Current.Kind == TokenKind.String && grammar.In(SqlDialect.MySql, SqlDialect.Sqlite))
        {
            return Cursor.Next().Text;
        }

        return Keywords.IsAlias(Cursor.Current) ? ReadPart() : null;
    }

    /// <summary>Reads a type, lower case. After <c>::</c> it ends with its first word, save for the types of several words.</summary>
    public string ReadType(bool isShort = false)
    {
        var type = new List<string>();
        do
        {
            var first = ReadPart().ToLowerInvariant();
            type.Add(first);
            while (isShort ? IsSecondWord(first) : IsTypeWord)
            {
                type.Add(Cursor.Next().Text.ToLowerInvariant());
            }

            ReadTypeTail(type, isShort);
        }
        while (Cursor.Accept("."));
        return string.Join(' ', type).Replace(" (", "(", StringComparison.Ordinal);
    }

    private bool IsTypeWord => Cursor.Current.Kind == TokenKind.Word
        && !Cursor.IsAny("FORMAT", "DEFAULT", "AT", "USING", "ON", "WITH", "NULL", "ERROR", "EMPTY", "ABSENT", "ORDER", "SELECT");

    private bool IsSecondWord(string first) =>
        (first == "double" && Cursor.Is("PRECISION")) || (first is "character" or "char" && Cursor.Is("VARYING"));

    private void ReadTypeTail(List<string> type, bool isShort)
    {
        if (Cursor.Is("("))
        {
            type.Add(ReadLength());
        }

        if (Cursor.Accept("WITH", "TIME", "ZONE") || Cursor.Accept("WITH", "LOCAL", "TIME", "ZONE") || Cursor.Accept("WITHOUT", "TIME", "ZONE"))
        {
            type.Add("zone");
        }

        if (Cursor.Is("<"))
        {
            SkipAngles();
        }

        while (!isShort && IsTypeWord)
        {
            type.Add(Cursor.Next().Text.ToLowerInvariant());
        }

        while (Cursor.Is("[") && (Cursor.Peek(1).Key == "]" || Cursor.Peek(2).Key == "]") && grammar.Dialect == SqlDialect.Other)
        {
            while (!Cursor.Accept("]"))
            {
                Cursor.Next();
            }

            type.Add("[]");
        }
    }

    private string ReadLength()
    {
        var numbers = new List<string>();
        Cursor.Expect("(");
        while (!Cursor.Accept(")"))
        {
            var token = Cursor.Next();
            numbers.Add(token.Kind is TokenKind.Number or TokenKind.Word || token.Key is "," or "*" or "-" ? token.Text.ToLowerInvariant() : throw Cursor.Unexpected());
        }

        return $"({string.Concat(numbers)})";
    }

    /// <summary>Skips the types between <c>&lt;</c> and <c>&gt;</c>.</summary>
    public void SkipAngles()
    {
        for (var depth = 0; ;)
        {
            var token = Cursor.Next();
            depth += token.Key switch { "<" => 1, ">" => -1, "<<" => 2, ">>" => -2, _ => 0 };
            if (depth <= 0)
            {
                return;
            }

            if (!token.IsName && token.Kind != TokenKind.Number && token.Key is not ("<" or ">" or "<<" or ">>" or "," or "(" or ")" or "."))
            {
                throw Cursor.Unexpected();
            }
        }
    }

    private void AddPart(List<string> parts)
    {
        var isBig = grammar.Dialect == SqlDialect.BigQuery;
        var token = Cursor.Current;
        var part = ReadPart();
        if (isBig && token.Kind == TokenKind.Quoted)
        {
            parts.AddRange(part.Split('.'));
            return;
        }

        // BigQuery: projects have dashes in their names.
        while (isBig && Cursor.Is("-") && Cursor.Touches(0) && Cursor.Touches(1) && Cursor.Peek(1).Kind == TokenKind.Word && parts.Count == 0)
        {
            Cursor.Next();
            part += "-" + Cursor.Next().Text;
        }

        parts.Add(part);
    }
}

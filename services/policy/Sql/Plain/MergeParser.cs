using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Plain;

/// <summary>Reads MERGE.</summary>
internal sealed class MergeParser(Grammar grammar)
{
    private TokenCursor Cursor => grammar.Cursor;

    /// <summary>Reads the statement.</summary>
    public Write Read()
    {
        Cursor.Expect("MERGE");
        Cursor.Accept("INTO");
        var write = new Write(StatementKind.Merge, grammar.Names.ReadTable()) { Alias = grammar.Names.ReadAlias() };
        Cursor.Expect("USING");
        write = write with { From = [grammar.Relations.Read()] };
        Cursor.Expect("ON");
        write = write with { Where = grammar.Expressions.Read() };
        while (Cursor.Accept("WHEN"))
        {
            Cursor.Link();
            write = ReadBranch(write);
        }

        return write;
    }

    private Write ReadBranch(Write write)
    {
        Cursor.Accept("NOT");
        Cursor.Expect("MATCHED");
        _ = Cursor.Accept("BY", "SOURCE") || Cursor.Accept("BY", "TARGET");
        write = Cursor.Accept("AND") ? Add(write, grammar.Expressions.Read()) : write;
        Cursor.Expect("THEN");
        if (Cursor.Accept("UPDATE", "SET"))
        {
            write = grammar.Writes.ReadAssignments(write);
            write = ReadWhere(write);
            write = Cursor.Accept("DELETE") ? ReadWhere(write) : write;
        }
        else if (Cursor.Accept("INSERT"))
        {
            write = ReadWhere(ReadInsert(write));
        }
        else if (!Cursor.Accept("DELETE") && !Cursor.Accept("DO", "NOTHING"))
        {
            throw Cursor.Unexpected();
        }

        return write;
    }

    private Write ReadInsert(Write write)
    {
        if (Cursor.Accept("ROW"))
        {
            return write;
        }

        write = Cursor.Is("(") ? write with { Columns = [.. write.Columns, .. grammar.Names.ReadList()] } : write;
        Cursor.Expect("VALUES");
        return write with { Values = [.. write.Values, .. grammar.Expressions.ReadParenthesised()] };
    }

    private Write ReadWhere(Write write) => Cursor.Accept("WHERE") ? Add(write, grammar.Expressions.Read()) : write;

    private static Write Add(Write write, Expression value) => write with { Values = [.. write.Values, value] };
}

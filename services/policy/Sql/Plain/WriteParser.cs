using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Plain;

/// <summary>Reads INSERT, REPLACE, UPDATE and DELETE.</summary>
internal sealed class WriteParser(Grammar grammar)
{
    private TokenCursor Cursor => grammar.Cursor;

    /// <summary>True when a statement that writes comes next.</summary>
    public bool IsNext => Cursor.IsAny("INSERT", "UPDATE", "DELETE", "MERGE") || (Cursor.Is("REPLACE") && Cursor.Peek(1).IsName);

    /// <summary>Reads a statement that writes, of which WITH was read.</summary>
    public Statement Read(CommonTable[] with)
    {
        var start = Cursor.Position;
        var statement = Cursor.Current.Key switch
        {
            "INSERT" or "REPLACE" => ReadInsert(),
            "UPDATE" => ReadUpdate(),
            "DELETE" => ReadDelete(),
            _ => new Statement(StatementKind.Merge) { Write = grammar.Merges.Read() },
        };

        // A variable that is set row by row packs rows that a later statement shows.
        return statement with { IsOpaque = statement.IsOpaque || grammar.Queries.IsPacking(start), Write = statement.Write is { } write ? write with { With = with } : null };
    }

    /// <summary>Adds <c>a = 1, (b, c) = (2, 3)</c> to <paramref name="write"/>.</summary>
    public Write ReadAssignments(Write write)
    {
        var columns = new List<string>();
        var values = new List<Expression>();
        do
        {
            if (Cursor.Is("("))
            {
                columns.AddRange(grammar.Names.ReadList());
            }
            else
            {
                columns.Add(grammar.Names.ReadParts()[^1]);
            }

            Cursor.Expect("=");
            values.Add(grammar.Expressions.Read());
        }
        while (Cursor.Accept(","));
        return write with { Columns = [.. write.Columns, .. columns], Values = [.. write.Values, .. values] };
    }

    /// <summary>Reads WHERE, ORDER BY, LIMIT and RETURNING.</summary>
    public Write ReadEnd(Write write)
    {
        if (Cursor.Accept("WHERE"))
        {
            var where = grammar.Expressions.Read();
            write = write with { Where = where, Limit = grammar.Comparisons.RowBound(where) };
        }

        if (Cursor.Accept("ORDER", "BY"))
        {
            write = write with { Values = [.. write.Values, .. grammar.Expressions.ReadOrder()] };
        }

        if (Cursor.Is("LIMIT"))
        {
            var limit = new LimitParser(grammar).Read(new Query());
            write = write with { Limit = limit.Limit, Values = [.. write.Values, .. limit.LimitParts] };
        }

        return ReadReturning(write);
    }

    private Write ReadReturning(Write write)
    {
        if (!Cursor.AcceptAny("RETURNING", "RETURN"))
        {
            return write;
        }

        write = write with { Returning = grammar.Selects.ReadOutputs() };
        if (Cursor.Accept("INTO"))
        {
            do
            {
                _ = grammar.Values.Read() is Expression.Parameter ? true : throw Cursor.Unexpected();
            }
            while (Cursor.Accept(","));
        }

        return write;
    }

    private Statement ReadInsert()
    {
        var isReplace = Cursor.Next().Key == "REPLACE";
        while (Cursor.AcceptAny("LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "OVERWRITE"))
        {
        }

        if (Cursor.Accept("OR"))
        {
            isReplace |= Cursor.Next().Key == "REPLACE";
        }

        if (Cursor.IsAny("ALL", "FIRST") && Cursor.Peek(1).Key is "INTO" or "WHEN")
        {
            Cursor.SkipRest();
            return new Statement(StatementKind.Insert) { IsOpaque = true };
        }

        _ = Cursor.Accept("INTO") && Cursor.Accept("TABLE");
        var write = new Write(isReplace ? StatementKind.Merge : StatementKind.Insert, grammar.Names.ReadTable());
        if (Cursor.Accept("PARTITION"))
        {
            Cursor.SkipParentheses();
        }

        write = ReadConflict(ReadSource(write with { Alias = Cursor.IsAny("DEFAULT", "VALUE") ? null : grammar.Names.ReadAlias() }));
        write = ReadReturning(write);
        return new Statement(write.Kind) { Write = write };
    }

    private Write ReadSource(Write write)
    {
        if (Cursor.Is("(") && !grammar.Queries.IsNextAt(1) && Cursor.Peek(1).Key != "(")
        {
            write = write with { Columns = Cursor.Accept("(", ")") ? [] : grammar.Names.ReadList() };
        }

        if (Cursor.Accept("DEFAULT", "VALUES"))
        {
            return write;
        }

        if (Cursor.Accept("SET"))
        {
            return ReadAssignments(write);
        }

        var source = Cursor.Is("VALUE") ? ReadValue() : Cursor.Is("VALUES") ? grammar.Selects.Read() : grammar.Queries.Read();
        if (Cursor.Accept("AS"))
        {
            grammar.Names.ReadPart();
            _ = Cursor.Is("(") ? grammar.Names.ReadList() : [];
        }

        return write with { Source = source };
    }

    private Query ReadValue()
    {
        Cursor.Next();
        return grammar.Selects.ReadValues();
    }

    private Write ReadConflict(Write write)
    {
        while (Cursor.Is("ON"))
        {
            Cursor.Link();
            write = write with { Kind = StatementKind.Merge };
            if (Cursor.Accept("ON", "DUPLICATE", "KEY", "UPDATE"))
            {
                write = ReadAssignments(write);
                continue;
            }

            Cursor.Expect("ON", "CONFLICT");
            var items = Cursor.Is("(") ? grammar.Expressions.ReadParenthesised() : [];
            items = Cursor.Accept("WHERE") ? [.. items, grammar.Expressions.Read()] : items;
            Cursor.Expect("DO");
            write = write with { Values = [.. write.Values, .. items] };
            if (!Cursor.Accept("NOTHING"))
            {
                Cursor.Expect("UPDATE", "SET");
                write = ReadAssignments(write);
                write = Cursor.Accept("WHERE") ? write with { Values = [.. write.Values, grammar.Expressions.Read()] } : write;
            }
        }

        return write;
    }

    /// <summary>MySQL joins before SET: the first table is the target, and a join stays whole in FROM so that no condition gets lost.</summary>
    private Statement ReadUpdate()
    {
        Cursor.Next();
        while (Cursor.AcceptAny("LOW_PRIORITY", "IGNORE"))
        {
        }

        if (Cursor.Accept("OR"))
        {
            Cursor.Next();
        }

        var items = grammar.From.ReadList();
        var target = First(items[0]);
        var write = new Write(StatementKind.Update, target.Name) { Alias = target.Alias, From = items[0] is FromItem.Join ? items : items[1..] };
        Cursor.Expect("SET");
        write = ReadAssignments(write);
        if (Cursor.Accept("FROM"))
        {
            write = write with { From = [.. write.From, .. grammar.From.ReadList()] };
        }

        return new Statement(StatementKind.Update) { Write = ReadEnd(write) };
    }

    private FromItem.Table First(FromItem item)
    {
        while (item is FromItem.Join join)
        {
            item = join.Left;
        }

        return item as FromItem.Table ?? throw Cursor.Unexpected();
    }

    private Statement ReadDelete()
    {
        Cursor.Next();
        while (Cursor.AcceptAny("LOW_PRIORITY", "QUICK", "IGNORE"))
        {
        }

        var isFrom = Cursor.Accept("FROM");
        var items = grammar.From.ReadList();
        var targets = items.Select(First).ToArray();
        FromItem[] from = [];
        if (Cursor.Accept("USING") || (!isFrom && Cursor.Accept("FROM")))
        {
            from = grammar.From.ReadList();
        }
        else if (items.Length > 1 || items[0] is FromItem.Join)
        {
            throw Cursor.Unexpected();
        }

        var write = new Write(StatementKind.Delete, targets[0].Name) { Alias = targets[0].Alias, From = from };
        return new Statement(StatementKind.Delete) { Write = ReadEnd(write), Tables = [.. targets.Skip(1).Select(t => t.Name)] };
    }
}

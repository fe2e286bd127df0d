using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql.Plain;

/// <summary>Reads FROM and the joins in it.</summary>
internal sealed class FromParser(Grammar grammar)
{
    private TokenCursor Cursor => grammar.Cursor;

    /// <summary>Reads items with commas between.</summary>
    public FromItem[] ReadList()
    {
        var items = new List<FromItem>();
        do
        {
            items.Add(ReadJoined());
        }
        while (Cursor.Accept(","));
        return [.. items];
    }

    /// <summary>Reads an item with all that is joined to it.</summary>
    public FromItem ReadJoined()
    {
        Cursor.Enter();
        var item = grammar.Relations.Read();
        while (TryReadKind(out var kind, out var isNatural))
        {
            Cursor.Link();
            item = ReadCondition(new FromItem.Join(item, grammar.Relations.Read(), kind) { IsNatural = isNatural });
        }

        Cursor.Leave();
        return item;
    }

    private FromItem.Join ReadCondition(FromItem.Join join)
    {
        if (!join.IsNatural && Cursor.Accept("ON"))
        {
            return join with { On = grammar.Expressions.Read() };
        }

        return grammar.Comparisons.Join(!join.IsNatural && Cursor.Accept("USING") ? join with { Using = grammar.Names.ReadList() } : join);
    }

    private bool TryReadKind(out JoinKind kind, out bool isNatural)
    {
        kind = JoinKind.Inner;
        isNatural = Cursor.Accept("NATURAL");
        if (Cursor.Accept("STRAIGHT_JOIN"))
        {
            return !isNatural ? true : throw Cursor.Unexpected();
        }

        if (Cursor.Accept("CROSS", "APPLY") || Cursor.Accept("OUTER", "APPLY"))
        {
            kind = Cursor.Peek(-2).Key == "OUTER" ? JoinKind.Left : JoinKind.Inner;
            grammar.Relations.IsLateral = true;
            return true;
        }

        var isSided = Cursor.IsAny("LEFT", "RIGHT", "FULL");
        if (isSided)
        {
            kind = Cursor.Next().Key switch { "LEFT" => JoinKind.Left, "RIGHT" => JoinKind.Right, _ => JoinKind.Full };
            Cursor.Accept("OUTER");
        }
        else
        {
            isSided = Cursor.AcceptAny("INNER", "CROSS");
        }

        if (!isSided && !isNatural && !Cursor.Is("JOIN"))
        {
            return false;
        }

        Cursor.Expect("JOIN");
        return true;
    }
}

namespace Chaperone.Policy.Sql.Plain;

/// <summary>What ALTER TABLE does to columns, found by looking ahead; what it is not sure of counts as done.</summary>
internal sealed record AlteredColumns((string From, string To)[] Renamed, string[] Remade, bool IsWorkedOut)
{
    /// <summary>Looks from the table's name to the end of the statement, taking nothing.</summary>
    public static AlteredColumns Of(TokenCursor cursor)
    {
        var renamed = new List<(string, string)>();
        var remade = new List<string>();
        var isWorkedOut = false;
        for (var at = 0; !IsEnd(cursor, at); at++)
        {
            var next = cursor.Peek(at + 1).Key == "COLUMN" ? at + 2 : at + 1;
            switch (cursor.Peek(at).Key)
            {
                case "RENAME" when IsOfColumn(cursor, at):
                    renamed.Add((cursor.Peek(next).Text, cursor.Peek(next + 2).Text));
                    break;
                case "CHANGE" when cursor.Peek(next).IsName && cursor.Peek(next + 1).IsName:
                    renamed.Add((cursor.Peek(next).Text, cursor.Peek(next + 1).Text));
                    break;
                case "ADD" or "MODIFY":
                    AddNames(cursor, next, remade);
                    break;
                case "ALTER" when cursor.Peek(next + 1).Key == "TYPE" || (cursor.Peek(next + 1).Key == "SET" && cursor.Peek(next + 2).Key == "DATA"):
                    remade.Add(cursor.Peek(next).Text);
                    break;

                // A column that is worked out: AS (...), and in Oracle's lists as well.
                case "AS" when cursor.Peek(at + 1).Key == "(":
                    isWorkedOut = true;
                    break;
            }
        }

        return new AlteredColumns([.. renamed], [.. remade], isWorkedOut);
    }

    /// <summary>Whether the RENAME <paramref name="at"/> tokens ahead gives a column another name, not the table.</summary>
    public static bool IsOfColumn(TokenCursor cursor, int at) => cursor.Peek(at + 1).Key == "COLUMN"
        ? cursor.Peek(at + 2).IsName && cursor.Peek(at + 3).Key == "TO" && cursor.Peek(at + 4).IsName
        : cursor.Peek(at + 1).IsName && cursor.Peek(at + 1).Key is not ("TO" or "AS" or "INDEX" or "KEY" or "CONSTRAINT" or "PARTITION" or "TABLE")
            && cursor.Peek(at + 2).Key == "TO" && cursor.Peek(at + 3).IsName;

    // One column, or a list of them with their types.
    private static void AddNames(TokenCursor cursor, int at, List<string> names)
    {
        at = cursor.Peek(at).Key == "IF" ? at + (cursor.Peek(at + 1).Key == "NOT" ? 3 : 2) : at;
        if (cursor.Peek(at).Key != "(")
        {
            names.Add(cursor.Peek(at).Text);
            return;
        }

        var depth = 0;
        do
        {
            var key = cursor.Peek(at).Key;
            if ((key == "(" && depth == 0) || (key == "," && depth == 1))
            {
                names.Add(cursor.Peek(at + 1).Text);
            }

            depth += key switch { "(" => 1, ")" => -1, _ => 0 };
            at++;
        }
        while (depth > 0 && !IsEnd(cursor, at));
    }

    private static bool IsEnd(TokenCursor cursor, int at) => cursor.Peek(at).Kind == TokenKind.End || cursor.Peek(at).Key == ";";
}

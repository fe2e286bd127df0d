using System.Text;
using Chaperone.Masking.Columns;
using Chaperone.Masking.Keys;

namespace Chaperone.Masking.Json;

/// <content>Lists whose rows are alike: where a key does not say what it holds, its values do together.</content>
internal sealed partial class ContentWalk
{
    private const int LeastDigitsOfVote = 7;
    private const int MostDigitsOfVote = 18;

    // Lists of several values; those inside others have been asked with them.
    private bool MayAsk(int token, in ContentPlace place)
    {
        var first = token + 1;
        return place is { Asked: false, Fhir: false, Coded: false, Rule.Masks: false } && first < tape[token].Next && tape[first].Next < tape[token].Next
            && !(place.Plain && tape[first].Kind is JsonKind.String or JsonKind.Number);
    }

    // Null where nothing in the list agrees.
    private ColumnVotes? Votes(int token, in ContentPlace place, KeyRule[]? rules = null)
    {
        var votes = text.RentVotes();
        votes.People = place.Person || rules is not null;
        Gather(token, ColumnVotes.Root, votes, place.Plain, rules);
        votes.Settle();
        if (votes.Any)
        {
            return votes;
        }

        text.Return(votes);
        return null;
    }

    private void Gather(int token, ulong column, ColumnVotes votes, bool plain, KeyRule[]? rules = null)
    {
        ref readonly var at = ref tape[token];
        switch (at.Kind)
        {
            case JsonKind.Object:
                GatherMembers(token, column, votes, plain);
                break;
            case JsonKind.Array:
                var rows = 0;
                for (var item = token + 1; item < at.Next && rows < ColumnVotes.MostRows; item = tape[item].Next, rows++)
                {
                    if (tape[item].Kind == JsonKind.Array)
                    {
                        GatherCells(item, column, votes, rules, isFirst: rows == 0);
                    }
                    else
                    {
                        Gather(item, column, votes, plain);
                    }
                }

                break;
            case JsonKind.String when at.Length > 0:
                Span<char> cell = stackalloc char[CellReader.Longest * 2];
                votes.Add(column, at.Length > cell.Length ? "{}..." : cell[..JsonText.Decode(Bytes(token), at.Escaped, cell)]);
                break;
            case JsonKind.Number when at.Length is >= LeastDigitsOfVote and <= MostDigitsOfVote:
                Span<char> digits = stackalloc char[MostDigitsOfVote];
                votes.Add(column, digits[..Encoding.ASCII.GetChars(Bytes(token), digits)]);
                break;
            case JsonKind.Number:
                votes.Add(column, "0.0");
                break;
        }
    }

    private void GatherMembers(int token, ulong column, ColumnVotes votes, bool plain)
    {
        for (var key = token + 1; key < tape[token].Next; key = tape[key + 1].Next)
        {
            var entry = Entry(key);
            if (entry.Role == KeyRole.ResourceType)
            {
                return;
            }

            votes.People |= entry.Rule.MarksPerson || entry.Rule.Use == KeyUse.Person;
            if (entry.MayVote ? !plain || !IsVague(entry) : !entry.Rule.Masks && !entry.IsVocabulary && HoldsMore(key + 1))
            {
                Gather(key + 1, ColumnVotes.Below(column, entry.Column), votes, !entry.MayVote);
            }
        }
    }

    // "medications": [{"name": ...}]: what the list holds is said above.
    private static bool IsVague(KeyEntry entry) => entry.Rule.Use == KeyUse.Guarded || entry.Name is "value" or "text" or "label";

    private bool HoldsMore(int value) =>
        tape[value].Kind == JsonKind.Object || (tape[value].Kind == JsonKind.Array && tape[value].Next > value + 1 && tape[value + 1].Kind is JsonKind.Object or JsonKind.Array);

    private void GatherCells(int row, ulong column, ColumnVotes votes, KeyRule[]? rules, bool isFirst)
    {
        var number = 0;
        for (var cell = row + 1; cell < tape[row].Next; cell = tape[cell].Next, number++)
        {
            if ((rules is null || number >= rules.Length || rules[number].Use == KeyUse.None) && !(isFirst && IsHead(cell, votes)))
            {
                Gather(cell, ColumnVotes.Below(column, (ulong)number), votes, plain: false);
            }
        }
    }

    // A row that is a list of cells, each a column of its own.
    private void Cells(int row, in ContentPlace place, bool isFirst)
    {
        var column = 0;
        for (var cell = row + 1; cell < tape[row].Next; cell = tape[cell].Next)
        {
            Value(cell, place with
            {
                Votes = isFirst && IsHead(cell, place.Votes) ? null : place.Votes,
                Column = ColumnVotes.Below(place.Column, (ulong)column),
                Schema = place.Schema.Item(column++),
            });
        }
    }

    // The first row may hold the names of the columns.
    private bool IsHead(int cell, ColumnVotes? votes)
    {
        if (votes is null || tape[cell].Kind != JsonKind.String || tape[cell].Length > CellReader.Longest)
        {
            return false;
        }

        Span<char> buffer = stackalloc char[CellReader.Longest];
        return text.IsHead(buffer[..JsonText.Decode(Bytes(cell), tape[cell].Escaped, buffer)]);
    }

    // The place of a value that follows its column; numbers of JSON only where the column identifies.
    private ContentPlace Voted(int token, in ContentPlace place)
    {
        ref readonly var at = ref tape[token];
        if (place.Rule.Masks || place.Coded || place.Votes!.RuleOf(place.Column) is not { } rule
            || (at.Kind == JsonKind.Number ? rule.Identifier != Identifier.Id || at.Length < LeastDigitsOfVote : at.Length > CellReader.Longest * 2))
        {
            return place;
        }

        return place with { Rule = rule };
    }
}

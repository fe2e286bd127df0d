using System.Buffers;
using Chaperone.Masking.Columns;
using Chaperone.Masking.Keys;
using Chaperone.Masking.Places;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Structures;

/// <summary>CSV, TSV, psql (also expanded), Markdown and grid tables, alone or between other text: the header of a column decides for its cells.</summary>
internal sealed class TableStructure : ITextStructure
{
    private const int LongestHeader = 48;
    private const int MostBlanks = 2;

    private static readonly char[] Delimiters = ['\t', '|', ',', ';', '~', '^', TableRow.Gaps];

    private static readonly SearchValues<char> Marks = SearchValues.Create(",;|\t~^");

    private static readonly WordSet PartsOfNames = "last first middle given family".Split(' ').ToWordSet();

    private static readonly KeyRule PartOfName = new(KeyUse.Mask, Identifier.Name);

    private static readonly SearchValues<char> OfNoName = SearchValues.Create("@:={}<>;");

    private static readonly KeyRule NumberOfPerson = new(KeyUse.Mask, Identifier.Mrn);

    private static readonly KeyRule RowOfOne = new(KeyUse.Mask, Identifier.Id);

    public bool TryMask(TextPart part, TextEdits edits, TextMasker masker, MaskRun run, bool twin)
    {
        var text = part.Text;
        if (!text.Contains('\n') || !(text.ContainsAny(Marks) || text.Contains(TableRow.Gap, StringComparison.Ordinal)))
        {
            return false;
        }

        var lines = Lines(text);
        var read = 0;
        var asked = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            if (Header(part, lines, i, masker, ref asked) is not { } table)
            {
                continue;
            }

            if (table.Rules.Length > 0 && !table.Headless)
            {
                table = table with { Names = ShownNames(part[lines[i].Start..lines[i].End], table), Rules = TableVotes.Complete(part, lines, i, table.Delimiter, table.Rules, table.Person, masker) };
            }

            masker.MaskPlain(part[read..lines[i].Start], edits, run);
            var end = Body(part, lines, i, table, edits, masker, run);
            read = end < lines.Count ? lines[end].Start : text.Length;
            i = end - 1;
        }

        if (read == 0)
        {
            return false;
        }

        masker.MaskPlain(part[read..], edits, run);
        return true;
    }

    private static List<(int Start, int End)> Lines(ReadOnlySpan<char> text)
    {
        var lines = new List<(int, int)>(text.Count('\n') + 1);
        var start = 0;
        var none = false;
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || text[i] == '\n')
            {
                lines.Add((start, i));
                start = i + 1;
            }

            // A quoted cell may hold line breaks.
            else if (text[i] == '"' && !none && (i == start || text[start..i].TrimEnd(' ') is var before && (before.IsEmpty || before[^1] is ',' or ';' or '\t')))
            {
                i = Math.Max(i, TableRow.QuoteEnd(text, i, ref none) - 1);
            }
        }

        return lines;
    }

    private static string[] ShownNames(TextPart head, Table table)
    {
        var cells = TableRow.Cells(head.Text, table.Delimiter);
        var names = new string[Math.Min(cells.Count, table.Rules.Length)];
        for (var i = 0; i < names.Length; i++)
        {
            names[i] = FieldNames.Shown(TableRow.Content(head[cells[i]]).Text.ToString(), table.Rules[i]);
        }

        return names;
    }

    private static Table? Header(TextPart part, List<(int Start, int End)> lines, int index, TextMasker masker, ref int asked)
    {
        if (index + 1 >= lines.Count)
        {
            return null;
        }

        var line = part[lines[index].Start..lines[index].End];
        line = line[..line.Text.TrimEnd('\r').Length];
        var next = part.Text[lines[index + 1].Start..lines[index + 1].End].TrimEnd('\r');
        if (TableRow.IsRule(line.Text))
        {
            return null;
        }

        foreach (var delimiter in Delimiters)
        {
            if (!TableRow.Has(line.Text, delimiter))
            {
                continue;
            }

            var ruled = delimiter == '|' && TableRow.IsRule(next);
            var count = TableRow.Count(line.Text, delimiter);
            if (count < 2 || (!ruled && TableRow.Count(next, delimiter) != count))
            {
                continue;
            }

            // "    RSAPrivateKey,": a list in a program.
            var cells = TableRow.Cells(line.Text, delimiter);
            if (delimiter == ',' && count == 2 && TableRow.Content(line[cells[^1]]).IsEmpty)
            {
                continue;
            }

            // "Paged the fellow, spoke with the Lopez family": two parts of a sentence are no names of columns.
            var plain = ArePlain(line, cells);
            if (delimiter == ',' && count == 2 && !plain)
            {
                continue;
            }

            if (Rules(line, cells, masker) is { } rules && (ruled || rules.Count(r => r.Use != KeyUse.None) >= Math.Min(2, cells.Count - 1) || ((delimiter != TableRow.Gaps && rules.Any(IsPersonal)) || (plain && (count > 2 || delimiter is not (',' or TableRow.Gaps)) && rules.Any(IsTelling)))))
            {
                return new Table(delimiter, rules, rules.Any(r => r.MarksPerson));
            }

            // psql's expanded display and key | value lists.
            if (delimiter == '|' && cells.Count == 2 && masker.FindRule(TableRow.Content(line[cells[0]]).Text).Use is KeyUse.Mask)
            {
                return new Table(delimiter, [], Person: true);
            }

            if (TableVotes.Alone(part, lines, index, delimiter, count, masker, ref asked) is { } voted)
            {
                return new Table(delimiter, voted, voted.Any(r => r.MarksPerson), Headless: true);
            }
        }

        return null;
    }

    private static KeyRule[]? Rules(TextPart line, List<Range> cells, TextMasker masker)
    {
        var rules = new KeyRule[cells.Count];
        var any = false;
        for (var i = 0; i < cells.Count; i++)
        {
            var name = TableRow.Content(line[cells[i]]).Text;
            // A masked line must not become a header that it was not before.
            if (name.Length > LongestHeader || Masks.Shapes.CountDigits(name) > 4 || name.ContainsAny(OfNoName) || name.Count('(') != name.Count(')') || IsSentence(name) || IdentifierTags.Any(name))
            {
                return null;
            }

            rules[i] = masker.FindRule(name);
            any |= rules[i].Use is KeyUse.Mask or KeyUse.Guarded or KeyUse.Person;
        }

        // "last,first,ssn", "LAST^FIRST^AGE"
        var parts = 0;
        for (var i = 0; any && i < cells.Count; i++)
        {
            parts += PartsOfNames.Contains(TableRow.Content(line[cells[i]]).Text) ? 1 : 0;
        }

        for (var i = 0; any && i < cells.Count; i++)
        {
            var name = TableRow.Content(line[cells[i]]).Text;
            if (rules[i].Use == KeyUse.None && PartsOfNames.Contains(name) && (parts > 1 || rules.Any(IsPersonal)))
            {
                rules[i] = PartOfName;
            }
        }

        // "pid", which programs call other things, beside a name
        for (var i = 0; any && i < cells.Count; i++)
        {
            rules[i] = rules[i].Use == KeyUse.None && TableRow.Content(line[cells[i]]).Text is "pid" or "PID" or "Pid" && rules.Any(r => r.Identifier == Identifier.Name) ? NumberOfPerson : rules[i];
        }

        return any ? rules : null;
    }

    // What only people have: such a column makes a table by itself.
    private static bool IsPersonal(KeyRule rule) => rule is { Use: KeyUse.Mask, Identifier: Identifier.Ssn or Identifier.Mrn or Identifier.Plan or Identifier.Phone or Identifier.Name };

    // What a column tells where all are named in a few words: a number of one's visit, whose care one is in.
    private static bool IsTelling(KeyRule rule) => rule is { Use: KeyUse.Person } or { Use: KeyUse.Mask, Identifier: not (Identifier.Date or Identifier.Age or Identifier.Url) };

    // "attending", "Visit no", and no parts of a sentence.
    private static bool ArePlain(TextPart line, List<Range> cells)
    {
        foreach (var cell in cells)
        {
            var name = TableRow.Content(line[cell]).Text;
            if (name.Count(' ') > MostBlanks || name.StartsWith("and ") || name.StartsWith("or "))
            {
                return false;
            }
        }

        return true;
    }

    // "LAST.NAME" is a column, "He came. Then he left" is none.
    private static bool IsSentence(ReadOnlySpan<char> name) => name.Contains('.') && (name.Contains(' ') || name[^1] == '.' || name[0] == '.');

    // Answers the index of the first line behind the table: a blank one, or one without a delimiter.
    private static int Body(TextPart part, List<(int Start, int End)> lines, int header, Table table, TextEdits edits, TextMasker masker, MaskRun run)
    {
        var index = table.Rules.Length > 0 && !table.Headless ? header + 1 : header;
        for (; index < lines.Count; index++)
        {
            var line = part[lines[index].Start..lines[index].End];
            if (TableRow.IsRule(line.Text) || line.Text.StartsWith("-[ RECORD"))
            {
                continue;
            }

            if (!TableRow.Has(line.Text, table.Delimiter))
            {
                break;
            }

            Row(line, table, edits, masker, run, isFirst: table.Headless && index == header);
        }

        return index;
    }

    private static void Row(TextPart line, Table table, TextEdits edits, TextMasker masker, MaskRun run, bool isFirst)
    {
        run.Tick();
        var pair = KeyRule.Silent;
        var column = 0;
        var cells = TableRow.Cells(line.Text, table.Delimiter);
        var outer = run.Person;
        run.Person = run.Form.FollowsPeople ? PersonOf(line, cells, table) ?? outer : outer;
        foreach (var range in cells)
        {
            var content = TableRow.Content(line[range]);
            var rule = table.Rules.Length > 0 ? column < table.Rules.Length ? table.Rules[column] : KeyRule.Silent : column == 0 ? KeyRule.Silent : pair;
            rule = rule.IsVoted && (content.Length > CellReader.Longest || (isFirst && masker.IsHead(content.Text))) ? KeyRule.Silent : rule;
            rule = table.Points && rule is { Use: KeyUse.Guarded, Identifier: Identifier.Id } && (Masks.Shapes.IsUuid(content.Text) || TextMasker.IsNumberOfOne(content.Text)) ? RowOfOne : rule;
            pair = column == 0 && table.Rules.Length == 0 ? masker.FindRule(content.Text) : pair;
            column++;
            if (content.IsEmpty)
            {
                continue;
            }

            var first = edits.Count;
            var found = run.Tally.Count;
            masker.MaskKeyed(content, rule, table.Person, edits, run);
            TableRow.Quote(content, content.At > line.At && line[content.At - line.At - 1] == '"', table.Delimiter, edits, first);
            if (run.Tally.Count > found)
            {
                run.Tally.Enclose(found, table.NameOf(column - 1));
            }
        }

        run.Person = outer;
    }

    // Whose row it is: by the number of a record, else by a name.
    private static string? PersonOf(TextPart line, List<Range> cells, Table table)
    {
        var name = default(string);
        for (var i = 0; i < cells.Count && i < table.Rules.Length; i++)
        {
            var value = TableRow.Content(line[cells[i]]).Text;
            var rule = table.Rules[i];
            if (value.IsEmpty)
            {
                continue;
            }

            if (rule is { Use: KeyUse.Mask, Identifier: Identifier.Mrn } || (rule.Use == KeyUse.Person && value.ContainsAnyInRange('0', '9')))
            {
                return $"{Identifier.Mrn.Name()} {Masks.Spelling.Of(Identifier.Mrn, value)}";
            }

            name ??= rule is { Identifier: Identifier.Name } ? $"{Identifier.Name.Name()} {Masks.Spelling.Of(Identifier.Name, value)}" : null;
        }

        return name;
    }

    /// <summary>How a table is cut and what its columns are; no rules: the first cell of each row is the key of the second. Headless: its first line is a row.</summary>
    private sealed record Table(char Delimiter, KeyRule[] Rules, bool Person, bool Headless = false)
    {
        /// <summary>The columns as records may name them; none where no line heads them.</summary>
        public string[] Names { get; init; } = [];

        /// <summary>Its rows point to people: their own numbers are those of a person's visit or claim.</summary>
        public bool Points { get; } = Rules.Any(r => r.Use is KeyUse.Person or KeyUse.Event);

        public string NameOf(int column) => column < Names.Length ? Names[column] : PathBook.Item;
    }
}

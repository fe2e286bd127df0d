using System.Buffers;
using System.Text;
using Chaperone.Masking.Columns;
using Chaperone.Masking.Keys;
using Chaperone.Masking.Schemas;

namespace Chaperone.Masking.Json;

/// <summary>Walks JSON that anyone may have written: keys and columns decide first, then the structure of a text, then the detectors.</summary>
internal sealed partial class ContentWalk(ReadOnlyMemory<byte> source, JsonTape tape, JsonEdits edits, TextMasker text, MaskRun run)
{
    private const int LongestKey = KeyBook.LongestKey;
    private const int LeastDigitsOfKnownNumber = 6;
    private const int LeastDigitsOfCard = 15;

    // Structure inside a name, address or identifier that says nothing about whose it is.
    private static readonly SearchValues<string> Structural = SearchValues.Create(
        ["use", "system", "type", "vr", "rank", "code", "resourcetype", "country", "state", "stateprovince", "statecode", "state_code", "active", "primary", "verified", "preferred", "status", "kind", "coding", "unit", "units", "currency", "bank", "brand", "sequence", "focal", "priority", "order"],
        StringComparison.OrdinalIgnoreCase);

    private readonly int _number = text.Repeated.Begin();

    /// <summary>What becomes of a string is kept for the next walk through the message.</summary>
    public bool Remembers { get; init; }

    /// <summary>Masks one value and all below it.</summary>
    public void Value(int token, in ContentPlace place)
    {
        run.Tick();
        switch (tape[token].Kind)
        {
            case JsonKind.Object:
                Object(token, place);
                break;
            case JsonKind.Array:
                Array(token, place);
                break;
            case JsonKind.String when place.Votes is not null:
                String(token, Voted(token, place));
                break;
            case JsonKind.String:
                String(token, place);
                break;
            case JsonKind.Number:
                Number(token, place.Votes is null ? place : Voted(token, place));
                break;
        }
    }

    /// <summary>Masks one member of an object of the protocol that others may add to.</summary>
    public void Member(int key, int value) => Value(value, new ContentPlace { Rule = Entry(key).Rule });

    private void Object(int token, in ContentPlace place)
    {
        var facts = Facts(token);
        var inherited = place.Rule is { Masks: true, ReachesDown: true, Identifier: not (Identifier.Date or Identifier.Age or Identifier.Url) } ? place.Rule.IsPart ? NameOfOne : place.Rule : null;
        inherited ??= place.Rule is { Use: KeyUse.Guarded } && (place.Rule.Identifier == Identifier.Id || place.Person || HasNameParts(token))
            ? new KeyRule(KeyUse.Mask, place.Rule.Identifier)
            : null;
        var person = place.Person || facts.Person || place.Rule.Use == KeyUse.Person;
        var fhir = place.Fhir || facts.Resource;
        var outer = run.Person;
        run.Person = run.Form.FollowsPeople ? PersonOf(token) ?? outer : outer;
        var seen = default(HashSet<string>);
        var keyed = inherited is null && facts is { Pair: null, Reference: 0, Resource: false };
        for (var key = token + 1; key < tape[token].Next; key = tape[key + 1].Next)
        {
            var value = key + 1;
            var entry = Entry(key);
            var rule = entry.Rule;
            var inner = place.Schema.IsKnown ? place.Schema.Property(entry.Name) : default;
            if (facts.Rows == value && facts.Columns > 0)
            {
                Rows(value, ColumnRules(facts.Columns), new ContentPlace { Schema = inner });
            }
            else if (facts.MediaType > 0 && entry.Name is "data" or "blob" or "content" && tape[value].Kind == JsonKind.String && facts.MediaType != value)
            {
                Blob(value, facts.MediaType);
            }
            else
            {
                var chosen = keyed ? rule : Choose(entry.Name, rule, inherited, facts, value);
                chosen = (entry.Signs & KeySigns.Part) != 0 && chosen.Use == KeyUse.None && inherited is null && !fhir && (person || facts.Parts) ? KeyRule.PartOfName : chosen;
                chosen = chosen.Use == KeyUse.None && inherited is null
                    && (fhir ? facts.Reference == 0 && place.Rule.Use == KeyUse.Person && entry.Name is "display" : person && (entry.Signs & KeySigns.ShortPart) != 0) ? NameOfSome : chosen;
                chosen = chosen.IsCounted && tape[value].Kind == JsonKind.Number ? KeyRule.Silent : chosen;
                Member(value, entry, chosen, person, fhir, inner, place);
            }

            if (rule.Use == KeyUse.None && (entry.HasBlank || entry.MayIdentify || entry.IsCapital))
            {
                KeyItself(key, entry, value, ref seen);
            }
        }

        run.Person = outer;
    }

    // Most values are plainly clean, or were read before: for them no place is put together.
    private void Member(int value, KeyEntry entry, KeyRule rule, bool person, bool fhir, SchemaPlace schema, in ContentPlace outer)
    {
        var coded = entry.IsVocabulary || (entry.IsVersion && Words.VersionText.Is(Bytes(value))) || (fhir && (outer.Coded || entry.IsCoding));
        var votes = fhir ? null : outer.Votes;
        if (votes is null && Passes(value, rule, ReadingOf(rule, person, fhir, coded)))
        {
            run.Tick();
            return;
        }

        var place = new ContentPlace { Rule = rule, Person = person, Fhir = fhir, Coded = coded, Votes = votes, Asked = outer.Asked, Plain = !entry.MayVote, Column = votes is null ? 0 : ColumnVotes.Below(outer.Column, entry.Column), Schema = schema };
        if (votes is null && tape[value].Kind == JsonKind.String)
        {
            run.Tick();
            Read(value, place);
            return;
        }

        Value(value, place);
    }

    private static readonly KeyRule NameOfOne = new(KeyUse.Mask, Identifier.Name);

    // "subject": {"display": "..."} without a reference, "pt": {"ln": "..."}.
    private static readonly KeyRule NameOfSome = new(KeyUse.Guarded, Identifier.Name);

    private KeyRule Choose(ReadOnlySpan<char> name, KeyRule rule, KeyRule? inherited, in ObjectFacts facts, int value)
    {
        if (inherited is not null)
        {
            return IsStructural(name) ? KeyRule.Silent : rule.Masks ? rule : rule is { Use: KeyUse.Guarded, Identifier: Identifier.Name } ? NameOfOne : inherited;
        }

        if (facts.Pair is not null && name is "value" or "val" or "answer" or "content" or "text" or "data" or "result" && !rule.Masks)
        {
            return facts.Pair;
        }

        if (facts is { Pair: not null, Extension: > 0 } && name.StartsWith("value") && !rule.Masks)
        {
            return facts.Pair;
        }

        if (facts.Reference > 0 && name is "display" && tape[value].Kind == JsonKind.String && PointsToPerson(facts.Reference))
        {
            return new KeyRule(KeyUse.Guarded, Identifier.Name);
        }

        return facts.Resource && name is "id" ? new KeyRule(KeyUse.Mask, Identifier.Id) : rule;
    }

    private void Array(int token, in ContentPlace place)
    {
        // Where the key of the array has decided, no row decides otherwise.
        if (!place.Rule.Masks && HeaderRow(token) is { } rules)
        {
            Rows(token, rules, place);
            return;
        }

        if (MayAsk(token, place))
        {
            var votes = Votes(token, place);
            Items(token, place with { Votes = votes, Asked = true, Column = ColumnVotes.Root });
            GiveBack(votes);
        }
        else
        {
            Items(token, place);
        }
    }

    private void GiveBack(ColumnVotes? votes)
    {
        if (votes is not null)
        {
            text.Return(votes);
        }
    }

    private void Items(int token, in ContentPlace place)
    {
        var index = 0;
        for (var item = token + 1; item < tape[token].Next; item = tape[item].Next)
        {
            if (place.Votes is not null && tape[item].Kind == JsonKind.Array)
            {
                Cells(item, place with { Schema = place.Schema.Item(index++) }, isFirst: item == token + 1);
            }
            else if (place.Schema.IsKnown)
            {
                Value(item, place with { Schema = place.Schema.Item(index++) });
            }
            else
            {
                Value(item, place);
            }
        }
    }

    // Arrays of cells: the column decides for each.
    private void Rows(int token, KeyRule[] rules, in ContentPlace place)
    {
        var rowIndex = 0;
        var schema = place.Schema;
        var asks = MayAsk(token, place);
        var votes = asks ? Votes(token, place, rules) : place.Votes;
        var above = asks ? ColumnVotes.Root : place.Column;
        for (var row = token + 1; row < tape[token].Next; row = tape[row].Next)
        {
            var rowSchema = schema.Item(rowIndex++);
            if (tape[row].Kind != JsonKind.Array)
            {
                Value(row, new ContentPlace { Schema = rowSchema });
                continue;
            }

            var column = 0;
            for (var cell = row + 1; cell < tape[row].Next; cell = tape[cell].Next)
            {
                var rule = column < rules.Length && !(row == token + 1 && tape[cell].Kind == JsonKind.String && IsKeyOf(cell, rules[column])) ? rules[column] : KeyRule.Silent;
                var voted = row == token + 1 && IsHead(cell, votes) ? null : votes;
                Value(cell, new ContentPlace { Rule = rule, Person = true, Votes = voted, Asked = true, Column = ColumnVotes.Below(above, (ulong)column), Schema = rowSchema.Item(column++) });
            }
        }

        GiveBack(asks ? votes : null);
    }

    private static MaskRule RuleOf(KeyRule rule) => rule.IsVoted ? MaskRule.Column : MaskRule.Key;

    private void Number(int token, in ContentPlace place)
    {
        ref readonly var at = ref tape[token];
        var rule = place.Rule;
        if (rule.Use == KeyUse.None && at.Length < LeastDigitsOfKnownNumber)
        {
            return;
        }

        if (rule.Use == KeyUse.None && at.Length < LeastDigitsOfCard && run.Known.Count == 0)
        {
            run.Looked();
            return;
        }

        Span<char> value = stackalloc char[Math.Min(at.Length, 64)];
        Encoding.ASCII.GetChars(source.Span.Slice(at.Start, value.Length), value);
        var identifier = rule.Use switch
        {
            KeyUse.Mask when !rule.IsPart => rule.Identifier,
            KeyUse.Person => Identifier.Mrn,
            KeyUse.Guarded when rule.Identifier == Identifier.Id && (place.Person || place.Fhir) => Identifier.Id,
            _ when value.Length is >= LeastDigitsOfCard and <= 19 && !value.ContainsAnyExceptInRange('0', '9') && Detectors.Checksums.CardIssuer(value) && Detectors.Checksums.Luhn(value) => Identifier.Card,
            _ when value.Length >= LeastDigitsOfKnownNumber && run.Known.TryFind(value, out var known) && !known.IsName => known.Identifier,
            _ => Identifier.None,
        };
        if (identifier == Identifier.None || run.Exempt.Has(identifier))
        {
            if (value.Length >= LeastDigitsOfKnownNumber)
            {
                run.Looked();
            }

            return;
        }

        var masked = run.Form.InNumber(identifier, value, run.Scene);
        masked = place.Schema.IsKnown ? SchemaFit.Number(place.Schema, masked) : masked;
        if (value.SequenceEqual(masked))
        {
            return;
        }

        if (identifier is not (Identifier.Date or Identifier.Age or Identifier.Zip))
        {
            run.Known.AddId(value, identifier);
        }

        run.Tally.Token = token;
        run.Tally.Add(identifier, rule.Use != KeyUse.None ? RuleOf(rule) : identifier == Identifier.Card ? MaskRule.Pattern : MaskRule.Known, rule.IsVoted ? MaskRun.Voted : MaskRun.Certain);
        Note(token, identifier);
        edits.Replace(at.Start, at.Length, Encoding.ASCII.GetBytes(masked));
    }

    // A key can be an identifier itself: {"123-45-6789": ...}, {"John Smith": {"dob": ...}}.
    private void KeyItself(int key, KeyEntry entry, int value, ref HashSet<string>? seen)
    {
        var name = entry.Name;
        var person = !run.Exempt.Has(Identifier.Name) && (entry.IsName || (tape[value].Kind == JsonKind.Object && entry.HasBlank && Facts(value).Person && text.LooksLikeName(name)));
        if (!person && !entry.MayIdentify && (run.Known.Count == 0 || !entry.IsCapital))
        {
            if (entry.IsCapital)
            {
                run.Looked();
            }

            return;
        }

        run.Tally.Token = key;
        var masked = person ? run.Form.InText(Identifier.Name, name, run.Scene) : text.MaskPlain(name, run);
        if (masked is null)
        {
            return;
        }

        if (person)
        {
            run.Tally.Add(Identifier.Name, MaskRule.Key, MaskRun.Certain);
            run.Known.AddName(name);
        }

        seen ??= new HashSet<string>(StringComparer.Ordinal);
        var unique = masked;
        for (var i = 2; !seen.Add(unique); i++)
        {
            unique = $"{masked} {i}";
        }

        Note(key, Identifier.Name);
        edits.ReplaceString(tape[key].Start, tape[key].Length, unique);
    }
}

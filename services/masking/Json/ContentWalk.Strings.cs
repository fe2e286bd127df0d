using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;
using Chaperone.Masking.Keys;
using Chaperone.Masking.Schemas;
using Chaperone.Masking.Structures;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Json;

/// <content>Strings: what is plainly clean is passed by, what was read before is not read again, the rest is masked.</content>
internal sealed partial class ContentWalk
{
    private const int ShortestProse = 16;
    private const int ShortestName = 8;
    private const int ShortestPath = 8;
    private const int LongestShown = 256;
    private const int LongestOnStack = 256;
    private const int WordsOfSentence = 4;

    // Stands for the look at sentences in small letters.
    private const uint PlainReading = 0x80000000;

    private static readonly SearchValues<byte> Interesting = SearchValues.Create(
        [.. Enumerable.Range(0, 256).Select(b => (byte)b).Where(b => b >= 0x80 || char.IsAsciiDigit((char)b) || char.IsAsciiLetterUpper((char)b) || (char)b is '@' or ':' or '=' or '\\' or '{' or '[')]);

    // What begins something in small letters: an address, a label in brackets, other writings, tables.
    private static readonly SearchValues<byte> Openings = SearchValues.Create("(/%&<`|,;"u8);

    private void String(int token, in ContentPlace place)
    {
        if (!Passes(token, place.Rule, Reading(place)))
        {
            Read(token, place);
        }
    }

    // True where nothing is to be masked: it is plainly clean, or was read in the same way before.
    private bool Passes(int token, KeyRule rule, uint reading)
    {
        ref readonly var at = ref tape[token];
        switch (at.Kind)
        {
            case JsonKind.Literal:
                return true;
            case JsonKind.Number:
                return rule.Use == KeyUse.None && at.Length < LeastDigitsOfKnownNumber;
            case not JsonKind.String:
                return false;
        }

        var raw = source.Span.Slice(at.Start, at.Length);
        if (raw.IsEmpty)
        {
            return true;
        }

        if ((rule.Use == KeyUse.None && !text.LooksAtAll && !raw.ContainsAny(Interesting) && IsUnknown(raw) && !IsProse(raw)) || text.Cleared.Find(raw, reading) == run.Known.Count)
        {
            run.Looked();
            return true;
        }

        return false;
    }

    [SkipLocalsInit]
    private void Read(int token, in ContentPlace place)
    {
        ref readonly var at = ref tape[token];
        var raw = source.Span.Slice(at.Start, at.Length);
        if (at.Length <= LongestOnStack)
        {
            Span<char> few = stackalloc char[LongestOnStack];
            Read(token, raw, few, place);
            return;
        }

        var many = ArrayPool<char>.Shared.Rent(at.Length);
        try
        {
            Read(token, raw, many, place);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(many, clearArray: false);
        }
    }

    private void Read(int token, ReadOnlySpan<byte> raw, Span<char> buffer, in ContentPlace place)
    {
        var value = buffer[..JsonText.Decode(raw, tape[token].Escaped, buffer)];
        var reading = Reading(place);
        if (text.Cleared.Find(raw, reading) >= 0 && text.StaysClear(value, run.Known))
        {
            run.Looked();
            text.Cleared.Add(raw, reading, run.Known.Count);
            return;
        }

        run.Tally.Token = token;
        if (Remembers && run.Before is { } before && text.Memo.TryFind(token, out var made) && Holds(made, value))
        {
            Repeat(before, made);
            return;
        }

        var repeats = !run.Form.FollowsPeople && !place.Schema.IsKnown && !run.Located && !text.LooksAtAll;
        if (repeats && text.Repeated.TryFind(_number, source.Span, raw, reading, out made) && Holds(made, value))
        {
            RepeatHere(made);
            return;
        }

        var (edit, found) = (edits.Count, run.Tally.Count);
        var kept = Mask(token, raw, value, place);
        if (kept < 0)
        {
            return;
        }

        made = new WalkMemo.Made(token, edits.Count > edit ? edit : -1, found, run.Tally.Count - found, kept);
        if (Remembers)
        {
            text.Memo.Add(made);
        }

        if (repeats)
        {
            text.Repeated.Add(_number, raw, tape[token].Start, reading, made);
        }
    }

    private bool Holds(in WalkMemo.Made made, ReadOnlySpan<char> value) => made.Known == int.MaxValue || text.HoldsNothingNew(value, run.Known, made.Known);

    // What this walk made of the same value in another place.
    private void RepeatHere(in WalkMemo.Made made)
    {
        if (made.Known != int.MaxValue)
        {
            run.Looked();
        }

        var token = run.Tally.Token;
        if (Remembers)
        {
            text.Memo.Add(made with { Token = token, Edit = made.Edit < 0 ? -1 : edits.Count, Found = run.Tally.Count });
        }

        run.Tally.RepeatHere(made.Found, made.Finds);
        if (made.Edit >= 0)
        {
            edits.Repeat(made.Edit, tape[token].Start, tape[token].Length);
        }
    }

    private void Repeat(JsonEdits before, in WalkMemo.Made made)
    {
        if (made.Known != int.MaxValue)
        {
            run.Looked();
        }

        text.Memo.Add(made with { Edit = made.Edit < 0 ? -1 : edits.Count, Found = run.Tally.Count });
        run.Tally.Repeat(made.Found, made.Finds);
        if (made.Edit >= 0)
        {
            edits.Repeat(before, made.Edit);
        }
    }

    // Everything beside the value that decides how it is read.
    private static uint Reading(in ContentPlace place) => ReadingOf(place.Rule, place.Person, place.Fhir, place.Coded) | (place.Twin ? 0x8000u : 0);

    private static uint ReadingOf(KeyRule rule, bool person, bool fhir, bool coded) =>
        rule.Reading | (person ? 0x1000u : 0) | (fhir ? 0x2000u : 0) | (coded ? 0x4000u : 0);

    // Small letters hold nothing that is known where no word begins like it. Short ones with many words are read for themselves.
    private bool IsUnknown(ReadOnlySpan<byte> raw) =>
        run.Known.Count == 0 || (!raw.ContainsAny(Openings) && (raw.Length >= ShortestProse || raw.Count((byte)' ') < WordsOfSentence) && !run.Known.MayHold(raw));

    // Names, and numbers in words, may stand in small letters, but not in a word or two.
    private bool IsProse(ReadOnlySpan<byte> raw)
    {
        if (raw.Length > ShortestPath && raw[0] == (byte)'/' && (raw.StartsWith("/home/"u8) || raw.StartsWith("/users/"u8)))
        {
            return true;
        }

        // The same sentence is asked once: what it holds does not depend on where it stands.
        if (raw.Length < ShortestName || !raw.Contains((byte)' ') || text.Cleared.Find(raw, PlainReading) >= 0)
        {
            return false;
        }

        if (text.MayNameSomebody(raw) || (raw.Length >= ShortestProse && MayTell(raw)))
        {
            return true;
        }

        text.Cleared.Add(raw, PlainReading, 0);
        return false;
    }

    private static bool MayTell(ReadOnlySpan<byte> raw) =>
        raw.ContainsAny((byte)'(', (byte)'/') || raw.IndexOf("ninety"u8) >= 0 || raw.IndexOf("hundred"u8) >= 0 || raw.IndexOf(" dot "u8) >= 0 || raw.IndexOf("www."u8) >= 0
        || raw.IndexOf("mrs"u8) >= 0 || raw.IndexOf("mr "u8) >= 0 || raw.IndexOf("dr "u8) >= 0 || raw.IndexOf("zero"u8) >= 0 || raw.IndexOf("seven"u8) >= 0 || raw.IndexOf("eight"u8) >= 0;

    // Answers how many words were known when all that is known had been looked for; int.MaxValue where the key decided, -1 where that cannot be said.
    private int Mask(int token, ReadOnlySpan<byte> raw, ReadOnlySpan<char> value, in ContentPlace place)
    {
        if (place.Schema.IsKnown && value.Length <= 256 && place.Schema.Lists(value.ToString()))
        {
            return int.MaxValue;
        }

        // What a date's or age's mask leaves as it is may still hold something else.
        var identifier = IdentifierOf(value, place);
        identifier = identifier != Identifier.None && text.IsAllowed(value) ? Identifier.None : identifier;
        if (identifier != Identifier.None && !run.Exempt.Has(identifier)
            && Whole(token, value, identifier, place) is var whole && (whole is not null || identifier is not (Identifier.Date or Identifier.Age)))
        {
            if (whole is not null)
            {
                edits.ReplaceString(tape[token].Start, tape[token].Length, whole);
            }

            return int.MaxValue;
        }

        var found = text.Rent();
        var part = new TextPart(value, 0);
        var known = run.Known.Count;
        var shown = Shown(value, place);
        if (shown != Identifier.None)
        {
            text.MaskShown(part, shown, found, run);
        }
        else if ((place.Coded ? text.MaskPlain(part, found, run, bare: true, coded: true) : text.Mask(part, found, run, place.Twin, field: !place.Twin)) && identifier == Identifier.None)
        {
            text.Cleared.Add(raw, Reading(place), run.Known.Count);
        }

        if (found.Count > 0)
        {
            var masked = found.Cut(part);
            edits.ReplaceString(tape[token].Start, tape[token].Length, place.Schema.IsKnown ? SchemaFit.String(place.Schema, value, masked.ToString(), run.Form.InShape(found.Only(value.Length), value.ToString())) : masked);
        }

        if (run.Located)
        {
            Note(token, value, found);
        }

        text.Return(found);

        // What a text gives away itself changes how it reads.
        return shown == Identifier.None && run.Known.Count == known && (place.Coded || !StructureSigns.Any(value)) ? known : -1;
    }

    // Finds inside a string: exact where it is written without escapes, else the whole string.
    private void Note(int token, ReadOnlySpan<char> value, TextEdits found)
    {
        foreach (var find in found.Found)
        {
            if (tape[token].Escaped)
            {
                Note(token, find.Identifier, find.Score);
                continue;
            }

            var start = tape[token].Start + Encoding.UTF8.GetByteCount(value[..find.Start]);
            edits.Note(start, start + Encoding.UTF8.GetByteCount(value[find.Start..find.End]), find.Identifier, find.Score);
        }
    }

    private void Note(int token, Identifier identifier, float score = MaskRun.Certain)
    {
        if (run.Located)
        {
            edits.Note(tape[token].Start, tape[token].Start + tape[token].Length, identifier, score);
        }
    }

    /// <summary>What the key, or the key together with the value, says that the whole value is.</summary>
    private Identifier IdentifierOf(ReadOnlySpan<char> value, in ContentPlace place)
    {
        var rule = place.Rule;
        switch (rule.Use)
        {
            case KeyUse.Mask when rule.Identifier == Identifier.Url && text.IsPublic(value):
                return Identifier.None;
            case KeyUse.Mask when rule.Identifier is Identifier.Date or Identifier.Age && value.Length > 40:
                return Identifier.None;
            case KeyUse.Mask:
                return rule.IsPart && !Detectors.NameReader.MayBePart(value) ? Identifier.None : rule.Identifier;
            case KeyUse.Guarded when rule.Identifier == Identifier.Name:
                return place.Person || text.LooksLikeName(value) ? Identifier.Name : rule.MayBeLogin && text.LooksLikeLogin(value) ? Identifier.Id : Identifier.None;
            case KeyUse.Guarded:
                return place.Person || (place.Fhir && value.ContainsAnyInRange('0', '9')) ? Identifier.Id : Identifier.None;
            case KeyUse.Event when Masks.Shapes.IsUuid(value) || TextMasker.IsNumberOfOne(value):
                return rule.Identifier;
            case KeyUse.Person when value.Length <= 80:
                return text.LooksLikePerson(value) ? Identifier.Name : LooksLikeId(value) ? Identifier.Mrn : text.LooksLikeLogin(value, rule.MayBeLogin) ? Identifier.Id : Identifier.None;
            default:
                return Identifier.None;
        }
    }

    // What the key says and the reader may see; long texts are read for themselves.
    private Identifier Shown(ReadOnlySpan<char> value, in ContentPlace place) =>
        !run.Exempt.IsEmpty && value.Length <= LongestShown && IdentifierOf(value, place) is var identifier && run.Exempt.Has(identifier) ? identifier : Identifier.None;

    private string? Whole(int token, ReadOnlySpan<char> value, Identifier identifier, in ContentPlace place)
    {
        var schema = place.Schema;
        var masked = PersonReference(value, identifier) ?? run.Form.InField(identifier, value, run.Scene);
        masked = schema.IsKnown ? SchemaFit.String(schema, value, masked, run.Form.InShape(identifier, value.ToString())) : masked;
        if (value.SequenceEqual(masked))
        {
            return null;
        }

        var score = place.Rule.IsVoted ? MaskRun.Voted : MaskRun.Certain;
        run.Tally.Add(identifier, RuleOf(place.Rule), score);
        Note(token, identifier, score);
        if (identifier == Identifier.Name)
        {
            run.Known.AddName(value, place.Rule.IsVoted ? text.Names : null);
        }
        else if (identifier is not (Identifier.Date or Identifier.Age or Identifier.Zip or Identifier.City or Identifier.Url) || value.ContainsAnyInRange('A', 'Z'))
        {
            run.Known.AddId(value, identifier);
        }

        return masked;
    }
}

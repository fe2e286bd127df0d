using System.Text;
using Chaperone.Masking.Keys;
using Chaperone.Masking.Masks;

namespace Chaperone.Masking.Json;

/// <content>Whose record an object is, for masks that follow people.</content>
internal sealed partial class ContentWalk
{
    private const int LongestPerson = 128;

    /// <summary>The person of the first record in the message; null if it names none.</summary>
    public string? FirstPerson()
    {
        for (var token = 0; token < tape.Count; token++)
        {
            if (tape[token].Kind == JsonKind.Object && NumberOf(token) is { } person)
            {
                return person;
            }
        }

        return null;
    }

    // A number decides, also one in the object "patient" or "subject"; a name only where nobody is known yet.
    private string? PersonOf(int token)
    {
        if (NumberOf(token) is { } number)
        {
            return number;
        }

        var name = default(string);
        for (var key = token + 1; key < tape[token].Next; key = tape[key + 1].Next)
        {
            var entry = Entry(key);
            if (tape[key + 1].Kind == JsonKind.Object && (entry.Rule.Use == KeyUse.Person || entry.Name is "subject" or "demographics") && NumberOf(key + 1) is { } inner)
            {
                return inner;
            }

            if (run.Person is null && entry.Rule is { Identifier: Identifier.Name, Use: KeyUse.Mask or KeyUse.Guarded or KeyUse.Person } && tape[key + 1].Kind == JsonKind.String)
            {
                name ??= Spell(key + 1, Identifier.Name);
            }
        }

        return name;
    }

    private string? NumberOf(int token)
    {
        var resource = false;
        for (var key = token + 1; key < tape[token].Next; key = tape[key + 1].Next)
        {
            var value = key + 1;
            var entry = Entry(key);
            var kind = tape[value].Kind;
            resource |= entry.Role == KeyRole.ResourceType && kind == JsonKind.String && IsPeople(Bytes(value));
            var number = entry.Rule is { Use: KeyUse.Mask, Identifier: Identifier.Mrn } or { Use: KeyUse.Person } || IsPatientId(entry.Name) || (resource && entry.Name is "id");
            if ((number && kind is JsonKind.Number or JsonKind.String && Bytes(value).ContainsAnyInRange((byte)'0', (byte)'9'))
                || (entry.Role == KeyRole.Reference && kind == JsonKind.String && Bytes(value).StartsWith("Patient/"u8)))
            {
                return Spell(value, Identifier.Mrn);
            }
        }

        return null;
    }

    private static bool IsPatientId(string name) =>
        name.StartsWith("patient", StringComparison.OrdinalIgnoreCase) && name.AsSpan(7) is "Id" or "_id" or "ID" or "-id" or "id";

    private string? Spell(int token, Identifier identifier)
    {
        if (tape[token].Length is 0 or > LongestPerson)
        {
            return null;
        }

        var value = tape[token].Kind == JsonKind.Number ? Encoding.ASCII.GetString(Bytes(token)) : Decode(token);
        return Spelling.Of(identifier, value.AsSpan(value.LastIndexOf('/') + 1)) is { Length: > 0 } spelt ? $"{identifier.Name()} {spelt}" : null;
    }
}

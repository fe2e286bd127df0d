using System.Buffers;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Structures;

/// <summary>Cards and calendars (vCard, RFC 6350; iCalendar, RFC 5545), walked by property.</summary>
internal sealed class VcardStructure : ITextStructure
{
    // "VFREEBUSY", "VTIMEZONE"
    private const int LongestComponent = 9;

    // Vectorized, unlike a Contains that ignores case.
    private static readonly SearchValues<string> Begin = SearchValues.Create(["BEGIN:VC"], StringComparison.OrdinalIgnoreCase);

    private static readonly WordMap<Identifier> Properties = new(
        new Dictionary<string, Identifier>
        {
            ["FN"] = Identifier.Name,
            ["N"] = Identifier.Name,
            ["NICKNAME"] = Identifier.Name,
            ["RELATED"] = Identifier.Name,
            ["TEL"] = Identifier.Phone,
            ["ADR"] = Identifier.Address,
            ["LABEL"] = Identifier.Address,
            ["EMAIL"] = Identifier.Email,
            ["BDAY"] = Identifier.Date,
            ["ANNIVERSARY"] = Identifier.Date,
            ["DEATHDATE"] = Identifier.Date,
            ["GEO"] = Identifier.Address,
            ["UID"] = Identifier.Id,
            ["LOCATION"] = Identifier.Location,
            ["CN"] = Identifier.Name,
        });

    public bool TryMask(TextPart part, TextEdits edits, TextMasker masker, MaskRun run, bool twin)
    {
        if (!part.Text.ContainsAny(Begin))
        {
            return false;
        }

        foreach (var range in part.Text.Split('\n'))
        {
            run.Tick();
            var line = part[range].Trim();
            var colon = line.Text.IndexOf(':');
            if (colon <= 0)
            {
                masker.MaskPlain(line, edits, run);
                continue;
            }

            var head = line[..colon];
            if (head.Text is "BEGIN" or "END" && line.Text[(colon + 1)..] is ['V', _, _, _, ..] and { Length: <= LongestComponent })
            {
                continue;
            }

            var semicolon = head.Text.IndexOf(';');
            Parameters(semicolon < 0 ? default : head[semicolon..], edits, masker, run);
            if (Properties.TryGetValue(semicolon < 0 ? head.Text : head.Text[..semicolon], out var identifier))
            {
                Components(line[(colon + 1)..], identifier, edits, masker, run);
            }
            else
            {
                masker.MaskPlain(line[(colon + 1)..], edits, run);
            }
        }

        return true;
    }

    // ATTENDEE;CN="Ann Lee":mailto:...
    private static void Parameters(TextPart parameters, TextEdits edits, TextMasker masker, MaskRun run)
    {
        var at = parameters.Text.IndexOf("CN=", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return;
        }

        var name = parameters[(at + 3)..];
        var end = name.Text.IndexOf(';');
        name = (end < 0 ? name : name[..end]).Trim();
        name = name.Length >= 2 && name[0] == '"' && name[^1] == '"' ? name[1..^1] : name;
        if (!name.IsEmpty)
        {
            masker.MaskCell(name, Identifier.Name, edits, run);
        }
    }

    private static void Components(TextPart value, Identifier identifier, TextEdits edits, TextMasker masker, MaskRun run)
    {
        foreach (var range in value.Text.Split(';'))
        {
            var component = value[range].Trim();
            if (!component.IsEmpty)
            {
                masker.MaskCell(component, identifier, edits, run);
            }
        }
    }
}

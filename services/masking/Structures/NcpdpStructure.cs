using System.Collections.Frozen;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Structures;

/// <summary>NCPDP telecommunication claims (D.0): fields behind a two-letter identifier, kept apart by the control characters FS, GS and RS.</summary>
internal sealed class NcpdpStructure : ITextStructure
{
    private const char FieldMark = '\u001C';
    private const int LeastFields = 3;

    private static readonly FrozenDictionary<string, Identifier> Fields = Table(
        (Identifier.Name, "CA CB CC CD DR 2J CF 5J"),
        (Identifier.Address, "CM 2K CG"),
        (Identifier.City, "CN 2M CH"),
        (Identifier.Zip, "CP 2P CK"),
        (Identifier.Phone, "CQ PM CL"),
        (Identifier.Email, "HN"),
        (Identifier.Date, "C4 D1 DE DY"),
        (Identifier.Plan, "C2 C1 CE N5 MD"),
        (Identifier.Mrn, "CY"),
        (Identifier.License, "DB B1 E7 DL"),
        (Identifier.Id, "D2 F3 EV CR DX A6 K5 2B 4X"));

    public bool TryMask(TextPart part, TextEdits edits, TextMasker masker, MaskRun run, bool twin)
    {
        if (part.Text.Count(FieldMark) < LeastFields)
        {
            return false;
        }

        var lookup = Fields.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var range in part.Text.SplitAny('\u001C', '\u001D', '\u001E', '\r', '\n'))
        {
            run.Tick();
            var field = part[range];
            if (field.Length > 2 && lookup.TryGetValue(field.Text[..2], out var identifier))
            {
                masker.MaskCell(field[2..].Trim(), identifier, edits, run);
            }
            else
            {
                masker.MaskPlain(field, edits, run, bare: true);
            }
        }

        return true;
    }

    private static FrozenDictionary<string, Identifier> Table(params (Identifier Identifier, string Ids)[] rows) =>
        rows.SelectMany(r => r.Ids.Split(' ').Select(id => (id, r.Identifier))).ToFrozenDictionary(r => r.id, r => r.Identifier, StringComparer.Ordinal);
}

using System.Buffers;
using System.Text;
using Chaperone.Masking.Keys;

namespace Chaperone.Masking;

/// <summary>Masks the parts of a resource's address that identify someone: the segment behind <c>patients</c>, the value of a keyed query parameter, what detectors find.</summary>
internal static class UriMask
{
    private static readonly SearchValues<char> Marks = SearchValues.Create("/?&=#;");

    public static string? Mask(ReadOnlySpan<char> uri, TextMasker masker, MaskRun run)
    {
        if (uri.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            run.Tally.Add(Identifier.Blob, MaskRule.Form, MaskRun.Certain);
            return "data:,";
        }

        var target = new StringBuilder(uri.Length);
        var changed = false;
        var rule = KeyRule.Silent;
        var scheme = uri.IndexOf("://", StringComparison.Ordinal);
        var start = scheme < 0 ? 0 : scheme + 3;
        target.Append(uri[..start]);
        while (start <= uri.Length)
        {
            var length = uri[start..].IndexOfAny(Marks);
            var end = length < 0 ? uri.Length : start + length;
            var part = uri[start..end];
            var masked = Part(part, rule, masker, run);
            changed |= masked is not null;
            target.Append(masked is null ? part : masked);
            if (end < uri.Length)
            {
                target.Append(uri[end]);
            }

            rule = masker.FindRule(part);
            start = end + 1;
        }

        return changed ? target.ToString() : null;
    }

    private static string? Part(ReadOnlySpan<char> part, KeyRule rule, TextMasker masker, MaskRun run)
    {
        if (part.IsEmpty || (part.StartsWith("%5B", StringComparison.OrdinalIgnoreCase) && run.Form.IsMask(Uri.UnescapeDataString(part))))
        {
            return null;
        }

        var keyed = rule.Use is KeyUse.Mask || (rule.Use is KeyUse.Person or KeyUse.Guarded && part.ContainsAnyInRange('0', '9'));
        if (keyed)
        {
            var identifier = rule.Use is KeyUse.Person ? Identifier.Mrn : rule.Identifier;
            if (run.Exempt.Has(identifier))
            {
                return null;
            }

            var field = Safe(run.Form.InField(identifier, part, run.Scene));
            if (part.SequenceEqual(field))
            {
                return null;
            }

            run.Tally.Add(identifier, MaskRule.Key, MaskRun.Certain);
            run.Known.AddId(part, identifier);
            return field;
        }

        var decoded = part.Contains('%') ? Uri.UnescapeDataString(part) : null;
        return masker.MaskPlain(decoded ?? part, run) is { } masked ? Safe(masked) : null;
    }

    // An address stays one: tags lose their brackets.
    private static string Safe(string masked) =>
        masked.Contains(':', StringComparison.Ordinal) ? Uri.EscapeDataString(masked)
        : masked.Contains('[', StringComparison.Ordinal) || masked.Contains(' ', StringComparison.Ordinal)
            ? Uri.EscapeDataString(masked.Replace("[", "", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal).ToLowerInvariant())
            : masked;
}

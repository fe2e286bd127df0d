using System.Globalization;
using System.Text;
using Chaperone.Policy.Patterns;
using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql;

/// <summary>Names of tables, with or without a schema, with globs: <c>patients</c>, <c>ehr.*</c>. Compared without case.</summary>
internal sealed class TablePattern(string text)
{
    private readonly NamePattern[] _parts = [.. text.ToLowerInvariant().Split('.').Select(p => new NamePattern(p))];

    /// <summary>As written.</summary>
    public string Text { get; } = text;

    /// <summary>True without wildcards.</summary>
    public bool IsLiteral => Array.TrueForAll(_parts, p => p.IsLiteral);

    /// <summary>
    /// Whether <paramref name="table"/> may be meant: what one side leaves out does not part them. Only <c>schema.*</c> asks for
    /// the schema, since it would mean every table that is named without one.
    /// </summary>
    public bool MayMean(TableName table)
    {
        if (table.Parts.Length < _parts.Length && _parts[^1].Text == "*")
        {
            return false;
        }

        var common = Math.Min(_parts.Length, table.Parts.Length);
        for (var i = 1; i <= common; i++)
        {
            // SQL Server leaves a schema empty: db..patients.
            var part = table.Parts[^i];
            if (part.Length > 0 && !_parts[^i].Matches(Fold(part)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether <paramref name="table"/> is meant for certain: all that stands in the pattern stands in the name, and nothing more than a default schema.</summary>
    public bool Means(TableName table)
    {
        var parts = table.Parts;
        if (parts.Length == _parts.Length + 1 && parts[0].ToLowerInvariant() is "public" or "dbo" or "main")
        {
            parts = parts[1..];
        }

        return parts.Length == _parts.Length && MayMean(new TableName(parts));
    }

    public override string ToString() => Text;

    /// <summary>Some databases compare names without accents, too.</summary>
    private static string Fold(string name)
    {
        var lower = name.ToLowerInvariant();
        return Ascii.IsValid(lower) ? lower : string.Concat(lower.Normalize(NormalizationForm.FormKD).Where(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark));
    }
}

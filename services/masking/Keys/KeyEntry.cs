using Chaperone.Masking.Masks;
using Chaperone.Masking.Places;

namespace Chaperone.Masking.Keys;

/// <summary>A key of JSON with all that is known of it. Immutable.</summary>
internal sealed class KeyEntry(string name, KeyRule rule)
{
    private const int LeastDigits = 5;

    private string? _shown;

    /// <summary>The key without escapes; empty where it is too long to be a name of something.</summary>
    public string Name { get; } = name;

    /// <summary>The key as a record may name it.</summary>
    public string Shown => _shown ??= FieldNames.Shown(Name, Rule);

    /// <summary>What it says about its value.</summary>
    public KeyRule Rule { get; } = rule;

    /// <summary>What its object is to be asked, at a glance.</summary>
    public KeySigns Signs { get; } = (rule.MarksPerson ? KeySigns.Person : 0) | (name is "first" or "last" or "middle" or "First" or "Last" or "Middle" ? KeySigns.Part : 0)
        | (name is "ln" or "fn" or "mi" or "LN" or "FN" or "MI" ? KeySigns.ShortPart : 0)
        | (rule is { Masks: true, Identifier: not (Identifier.Date or Identifier.Url) } ? KeySigns.Identifies : 0);

    /// <summary>What it says about its object.</summary>
    public KeyRole Role { get; } = name switch
    {
        "resourceType" => KeyRole.ResourceType,
        "reference" => KeyRole.Reference,
        "columns" or "fields" or "headers" or "cols" or "columnNames" or "column_names" => KeyRole.Columns,
        "rows" or "data" or "values" or "records" or "results" => KeyRole.Rows,
        "mimeType" or "contentType" or "mime_type" or "content_type" or "mediaType" => KeyRole.MediaType,
        "url" => KeyRole.Url,
        "header" => KeyRole.Header,
        "key" or "name" or "label" or "field" or "column" or "question" or "attribute" or "property" or "title" => KeyRole.Label,
        _ => KeyRole.None,
    };

    /// <summary>It may hold an identifier, as in <c>{"123-45-6789": ...}</c>.</summary>
    public bool MayIdentify { get; } = name.Contains('@', StringComparison.Ordinal) || Shapes.CountDigits(name) >= LeastDigits;

    /// <summary>It may be a name: it starts with a capital.</summary>
    public bool IsCapital { get; } = name.Length > 0 && char.IsUpper(name[0]);

    /// <summary>It has several words.</summary>
    public bool HasBlank { get; } = name.Contains(' ', StringComparison.Ordinal);

    /// <summary>It is somebody's name, whatever its value is: <c>{"Maria Lopez": 3}</c>.</summary>
    public bool IsName { get; } = rule.Use == KeyUse.None && Tagging.NameModel.Shipped.IsPerson(name);

    /// <summary>Part of a FHIR resource that holds codes, their meaning, units.</summary>
    public bool IsCoding { get; } = name is "coding" || name.EndsWith("Quantity", StringComparison.Ordinal);

    /// <summary>Values below it may show what they are by being alike: the key itself does not say.</summary>
    public bool MayVote { get; } = (rule.Use == KeyUse.None || rule is { Use: KeyUse.Guarded or KeyUse.Person, Identifier: Identifier.Name }) && !Columns.ColumnNames.SayWhat(name);

    /// <summary>Tells its column from others.</summary>
    public ulong Column { get; } = (ulong)string.GetHashCode(name, StringComparison.Ordinal);

    /// <summary>It names a vocabulary: "ndc", "cpt_code".</summary>
    public bool IsVocabulary { get; } = Detectors.CodeSystems.Contains(name.IndexOf('_', StringComparison.Ordinal) is var end and > 0 ? name.AsSpan(0, end) : name);

    /// <summary>It names the version of a program, which may look like a day.</summary>
    public bool IsVersion { get; } = name is "version" or "appVersion" or "app_version" or "apiVersion" or "chartVersion" or "imageTag";
}

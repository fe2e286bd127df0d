namespace Chaperone.Masking.Keys;

/// <summary>What a key says about the object that it stands in.</summary>
internal enum KeyRole : byte
{
    None,
    ResourceType,
    Reference,
    Columns,
    Rows,
    MediaType,
    Label,

    /// <summary>The address of a FHIR extension's definition, whose last word says what its value is.</summary>
    Url,

    /// <summary>A header is a list of columns, or the label of a value.</summary>
    Header,
}

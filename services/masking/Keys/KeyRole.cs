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

    /// <summary>A header is a list of columns, or the label of a value.</summary>
    Header,
}

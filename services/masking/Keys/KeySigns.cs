namespace Chaperone.Masking.Keys;

/// <summary>What a key says about its object.</summary>
[Flags]
internal enum KeySigns : byte
{
    /// <summary>It is about a person.</summary>
    Person = 1,

    /// <summary>It may have a part of a name: <c>first</c>.</summary>
    Part = 2,

    /// <summary>Of a person it is a part of a name, elsewhere something else: <c>ln</c>, <c>fn</c>.</summary>
    ShortPart = 8,

    /// <summary>It holds what identifies, and is neither a day nor an address of a page.</summary>
    Identifies = 4,
}

namespace Chaperone.Masking.Json;

/// <summary>What a token of a <see cref="JsonTape"/> is.</summary>
internal enum JsonKind : byte
{
    Object,
    Array,
    Key,
    String,
    Number,
    Literal,
}

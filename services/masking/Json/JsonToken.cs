namespace Chaperone.Masking.Json;

/// <summary>One value or key: where its bytes are (without quotes) and which token follows it and all that is in it.</summary>
internal struct JsonToken
{
    public int Start;
    public int Length;
    public int Next;
    public JsonKind Kind;
    public bool Escaped;

    /// <summary>Number of a key in the <see cref="Keys.KeyBook"/>; 0 until it was looked up.</summary>
    public ushort Entry;
}

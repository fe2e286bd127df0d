namespace Chaperone.Masking.Json;

/// <summary>One value or key: where its bytes are (without quotes) and which token follows it and all that is in it.</summary>
internal struct JsonToken
{
    public int Start;
    public int Length;
    public int Next;
    public JsonKind Kind;
    public bool Escaped;
}

namespace Chaperone.Masking.Words;

/// <summary>An identifier found in a <see cref="TextScan"/>, in its folded offsets.</summary>
internal readonly record struct TextSpan(int Start, int End, Identifier Identifier)
{
    public int Length => End - Start;
}

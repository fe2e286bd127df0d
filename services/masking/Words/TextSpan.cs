namespace Chaperone.Masking.Words;

/// <summary>An identifier found in a <see cref="TextScan"/>, in its folded offsets; <paramref name="Score"/> from 0 to 1 says how sure the find is.</summary>
internal readonly record struct TextSpan(int Start, int End, Identifier Identifier, float Score, MaskRule Rule = MaskRule.Pattern)
{
    public int Length => End - Start;
}

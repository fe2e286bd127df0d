namespace Chaperone.Masking.Words;

/// <summary>An identifier found in a text, in offsets of the text as it was given; <paramref name="Score"/> from 0 to 1 says how sure the find is.</summary>
internal readonly record struct TextFound(int Start, int End, Identifier Identifier, float Score);

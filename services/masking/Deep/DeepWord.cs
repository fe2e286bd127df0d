namespace Chaperone.Masking.Deep;

/// <summary>A word of a text, in its offsets, and the <paramref name="Count"/> tokens from <paramref name="First"/> on that the model reads for it.</summary>
internal readonly record struct DeepWord(int Start, int End, int First, int Count);

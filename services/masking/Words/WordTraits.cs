namespace Chaperone.Masking.Words;

/// <summary>What a word is made of.</summary>
[Flags]
internal enum WordTraits : byte
{
    None = 0,
    Capital = 1,
    Digit = 2,
    Letter = 4,
    Lower = 8,
}

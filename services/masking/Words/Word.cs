namespace Chaperone.Masking.Words;

/// <summary>A run of letters and digits in a <see cref="TextScan"/>.</summary>
internal readonly record struct Word(int Start, int End, WordTraits Traits)
{
    public int Length => End - Start;

    public bool IsNumber => (Traits & (WordTraits.Digit | WordTraits.Letter)) == WordTraits.Digit;

    public bool IsMixed => (Traits & (WordTraits.Digit | WordTraits.Letter)) == (WordTraits.Digit | WordTraits.Letter);

    public bool HasDigit => (Traits & WordTraits.Digit) != 0;

    public bool IsCapital => (Traits & WordTraits.Capital) != 0;

    /// <summary>Letters only, all of them capitals.</summary>
    public bool IsUpper => (Traits & (WordTraits.Capital | WordTraits.Digit | WordTraits.Lower)) == WordTraits.Capital;

    public bool IsAlpha => (Traits & (WordTraits.Digit | WordTraits.Letter)) == WordTraits.Letter;
}

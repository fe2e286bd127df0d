namespace Chaperone.Masking.Masks;

/// <summary>
/// What a profile puts in the place of an identifier. Deterministic, and idempotent: the mask of a mask is itself.
/// Thread-safe.
/// </summary>
internal interface IMaskForm
{
    /// <summary>The mask inside running text.</summary>
    string InText(Identifier identifier, ReadOnlySpan<char> value, int year);

    /// <summary>The mask of a whole field (a JSON string, a cell); keeps the shape of dates, numbers, addresses of machines and mail.</summary>
    string InField(Identifier identifier, ReadOnlySpan<char> value, int year);

    /// <summary>The mask of a JSON number; a number again.</summary>
    string InNumber(Identifier identifier, ReadOnlySpan<char> value, int year);
}

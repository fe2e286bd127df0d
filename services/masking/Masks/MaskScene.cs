namespace Chaperone.Masking.Masks;

/// <summary>What a mask depends on beside the value.</summary>
/// <param name="Year">This year; a date more than 89 years back shows an age over 89.</param>
/// <param name="Person">Whose record the value stands in: normalised MRN, id or name, or a word for the whole message where nobody is known.</param>
internal readonly record struct MaskScene(int Year, string Person);

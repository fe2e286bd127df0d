namespace Chaperone.Masking.Words;

/// <summary>A date in a text: how long it is, and its year if it shows one.</summary>
internal readonly record struct DateReading(int Length, int Year, DateShape Shape);

namespace Chaperone.Masking.Masks;

/// <summary>Which parts a written date has, in which order.</summary>
internal enum DateParts : byte
{
    MonthFirst,
    DayFirst,

    /// <summary>No day.</summary>
    Month,
}

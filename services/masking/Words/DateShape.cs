namespace Chaperone.Masking.Words;

/// <summary>How a date is written.</summary>
internal enum DateShape : byte
{
    /// <summary>With the name of the month, or without a year.</summary>
    Words,

    /// <summary>2021-03-04, 2021/3/4, 2021-03, with or without a time.</summary>
    YearFirst,

    /// <summary>3/4/2021, 04.03.21, 03/2021.</summary>
    YearLast,

    /// <summary>20210304, 202103041530.</summary>
    Compact,
}

namespace Chaperone.Recorder.Retention;

/// <summary>Settings under <c>Recorder:Retention</c>: how long records open. What has been kept long enough is only proposed for destruction; two people decide.</summary>
public sealed class RetentionOptions
{
    /// <summary>Six years, the longest with two leap days: 45 CFR 164.316(b)(2)(i).</summary>
    public const int FloorDays = 2192;

    /// <summary>Days that the facts of records are kept (who, what, when, decided how); default and least 2,192.</summary>
    public int MetaDays { get; set; } = FloorDays;

    /// <summary>Days that messages are kept, masked and raw; default 2,192, from 1 to <see cref="MetaDays"/>.</summary>
    public int BodyDays { get; set; } = FloorDays;
}

namespace Chaperone.Policy.Sql.Bounds;

/// <summary>How many values a column can have.</summary>
/// <param name="Count">At most this many.</param>
/// <param name="IsFixed">True when they are the same however often the query runs; false for those of an outer row.</param>
/// <param name="Origin">What bounds it: sources that are bound by the same are the same people.</param>
internal readonly record struct Bound(long Count, bool IsFixed, object Origin)
{
    /// <summary>The better of two: a fixed one first, then the lower.</summary>
    public static Bound Better(Bound one, Bound other) =>
        one.IsFixed != other.IsFixed ? (one.IsFixed ? one : other) : one.Count <= other.Count ? one : other;
}

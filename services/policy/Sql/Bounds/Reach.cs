namespace Chaperone.Policy.Sql.Bounds;

/// <summary>How many rows of PHI a query can hand out. Numbers never overflow: <see cref="Unbounded"/> and above is without bound.</summary>
/// <param name="Fixed">Rows that are always the same, however often it runs: those of constant keys.</param>
/// <param name="Each">Rows for each time it runs.</param>
/// <param name="Packed">Rows within single values, which no limit of rows bounds.</param>
/// <param name="Rows">Rows that come out, with PHI or without.</param>
internal readonly record struct Reach(long Fixed, long Each, long Packed, long Rows)
{
    /// <summary>Without bound.</summary>
    public const long Unbounded = 1L << 40;

    /// <summary>Nothing, in one row.</summary>
    public static readonly Reach Nothing = new(0, 0, 0, 1);

    /// <summary>Rows of PHI, whatever their kind.</summary>
    public long Phi => Add(Add(Fixed, Each), Packed);

    /// <summary>True when nothing bounds what comes out.</summary>
    public bool IsUnbounded => Phi >= Unbounded;

    /// <summary>Both sums.</summary>
    public Reach And(Reach other) => new(Add(Fixed, other.Fixed), Add(Each, other.Each), Add(Packed, other.Packed), Add(Rows, other.Rows));

    /// <summary>What comes out when it runs <paramref name="times"/> times.</summary>
    public Reach Times(long times) => this with { Each = Multiply(Each, times), Packed = Multiply(Packed, times), Rows = Multiply(Rows, times) };

    /// <summary>What is left of it in at most <paramref name="rows"/> rows.</summary>
    public Reach Within(long? rows) => rows is not { } most ? this : this with
    {
        Fixed = Math.Min(Fixed, most),
        Each = Math.Min(Each, Math.Max(0, most - Fixed)),
        Rows = Math.Min(Rows, most),
    };

    public static long Add(long a, long b) => Math.Min(a + b, Unbounded);

    public static long Multiply(long a, long b) => a == 0 || b == 0 ? 0 : a >= Unbounded / b ? Unbounded : a * b;
}

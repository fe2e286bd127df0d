namespace Chaperone.Masking.Keys;

/// <summary>What a key says about its value.</summary>
internal sealed record KeyRule(KeyUse Use, Identifier Identifier)
{
    /// <summary>Says nothing.</summary>
    public static readonly KeyRule Silent = new(KeyUse.None, Identifier.None);

    /// <summary>A part of a name where the value may be one.</summary>
    public static readonly KeyRule PartOfName = new(KeyUse.Mask, Identifier.Name) { IsPart = true };

    /// <summary>True where no key says it, but most cells of the column do.</summary>
    public bool IsVoted { get; init; }

    /// <summary>False where it says nothing of an object and what is in it: <c>rx</c> is a number, or all that is prescribed.</summary>
    public bool ReachesDown { get; init; } = true;

    /// <summary>True where the whole value is masked without a look at it.</summary>
    public bool Masks => Use == KeyUse.Mask;

    /// <summary>True for the day of a birth, which things have not.</summary>
    public bool IsBirth { get; init; }

    /// <summary>True where it says that the value is a part of a name, but programs call other things so: <c>user_last</c>.</summary>
    public bool IsPart { get; init; }

    /// <summary>True where a number counts people and is nobody's: <c>{"patients": 412}</c>.</summary>
    public bool IsCounted { get; init; }

    /// <summary>True where the value may also be somebody's login: <c>who</c>.</summary>
    public bool MayBeLogin { get; init; }

    /// <summary>All of it that decides how a value is read.</summary>
    public uint Reading => (uint)Use | ((uint)Identifier << 4) | (IsVoted ? 0x10000u : 0) | (IsPart ? 0x20000u : 0) | (MayBeLogin ? 0x40000u : 0);

    /// <summary>True where an object with this key is about a person.</summary>
    public bool MarksPerson => Use == KeyUse.Marker || IsBirth
        || (Use == KeyUse.Mask && Identifier is Identifier.Name or Identifier.Phone or Identifier.Fax or Identifier.Email or Identifier.Ssn or Identifier.Mrn or Identifier.Plan);
}

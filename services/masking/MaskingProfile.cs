namespace Chaperone.Masking;

/// <summary>How much of an identifier a reader may still see; the strictest is zero.</summary>
public enum MaskingProfile
{
    /// <summary>Type tags and shape-keeping zeros; of a date only the year stays (45 CFR 164.514(b)(2)).</summary>
    SafeHarbor = 0,

    /// <summary>Joins still work by keyed tokens; without a token key it masks like <see cref="SafeHarbor"/>.</summary>
    Linked = 1,

    /// <summary>Partial masks for people who must recognise a record: initials, last four digits, month and year. Not Safe Harbor.</summary>
    Review = 2,

    /// <summary>Nothing is masked for the caller; records and search still get <see cref="SafeHarbor"/>.</summary>
    None = 3,

    /// <summary>As <see cref="SafeHarbor"/>, but an identifier has one surrogate throughout a session, and another in every other one; without a token key it masks like <see cref="SafeHarbor"/>.</summary>
    Session = 4,
}

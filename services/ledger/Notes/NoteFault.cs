namespace Chaperone.Ledger;

/// <summary>Why a note, checkpoint or proof was not accepted.</summary>
public enum NoteFault
{
    /// <summary>It was accepted.</summary>
    None = 0,

    /// <summary>Longer than any honest one: see <see cref="SignedNote.MaxBytes"/>.</summary>
    TooLarge = 1,

    /// <summary>Not UTF-8, or with a control character other than newline.</summary>
    NotText = 2,

    /// <summary>Not laid out as its specification says.</summary>
    Malformed = 3,

    /// <summary>More signatures than <see cref="SignedNote.MaxSignatures"/>.</summary>
    TooManySignatures = 4,

    /// <summary>A signature by a known key does not fit the text.</summary>
    BadSignature = 5,

    /// <summary>No known key signed it.</summary>
    NoKnownSignature = 6,
}

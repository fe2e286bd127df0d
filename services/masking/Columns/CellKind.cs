namespace Chaperone.Masking.Columns;

/// <summary>What a cell looks like on its own.</summary>
internal enum CellKind : byte
{
    /// <summary>It is empty or says that nothing is known.</summary>
    Nothing,

    /// <summary>Neither of the others; also what is masked already.</summary>
    Other,

    /// <summary>A name of several words, one of which many people have.</summary>
    FullName,

    /// <summary>One word that many people are named.</summary>
    Name,

    /// <summary>Capital words that no list holds: a name, or a brand.</summary>
    Unknown,

    /// <summary>A town.</summary>
    Town,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A telephone number.</summary>
    Phone,

    /// <summary>A social security number with its hyphens.</summary>
    Ssn,

    /// <summary>One word with many digits.</summary>
    Number,

    /// <summary>A person's sex.</summary>
    Sex,

    /// <summary>An address of mail.</summary>
    Mail,
}

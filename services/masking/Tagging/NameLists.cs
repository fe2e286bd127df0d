namespace Chaperone.Masking.Tagging;

/// <summary>The lists in which a word stands; see NOTICE for where they come from.</summary>
[Flags]
internal enum NameLists : byte
{
    None = 0,

    /// <summary>Given names.</summary>
    Given = 1,

    /// <summary>Given names that many people have.</summary>
    CommonGiven = 2,

    /// <summary>Family names.</summary>
    Family = 4,

    /// <summary>Family names that many people have.</summary>
    CommonFamily = 8,

    /// <summary>Towns.</summary>
    Town = 16,

    /// <summary>Words of the language, written small.</summary>
    Word = 32,

    /// <summary>Countries, states and peoples.</summary>
    Region = 64,

    /// <summary>Drugs, eponyms, procedures and other words of medicine that look like names.</summary>
    Medical = 128,
}

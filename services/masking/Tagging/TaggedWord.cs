namespace Chaperone.Masking.Tagging;

/// <summary>What the features need to know of a word, or of what was masked and stands there as one.</summary>
internal struct TaggedWord
{
    public uint Hash;
    public uint Prefix2;
    public uint Prefix3;
    public uint Suffix2;
    public uint Suffix3;
    public uint Suffix4;
    public NameLists Lists;

    /// <summary>How it is written; 1 to 11, 0 for what is masked.</summary>
    public byte Shape;

    public bool IsRead;

    /// <summary>Its beginning and end are hashed too.</summary>
    public bool IsWhole;
}

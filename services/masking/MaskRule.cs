namespace Chaperone.Masking;

/// <summary>What decided that a value is an identifier.</summary>
internal enum MaskRule : byte
{
    /// <summary>How it is written, or the words around it.</summary>
    Pattern = 0,

    /// <summary>The key, column or field in which it stands.</summary>
    Key,

    /// <summary>The other values of its column.</summary>
    Column,

    /// <summary>A label before or behind it.</summary>
    Label,

    /// <summary>The same words were given away elsewhere in the call.</summary>
    Known,

    /// <summary>The tagger of names and places.</summary>
    Tagger,

    /// <summary>A rule of the operator's own.</summary>
    Own,

    /// <summary>The form of the content: a picture, a blob.</summary>
    Form,

    /// <summary>The operator's own model.</summary>
    Deep,
}

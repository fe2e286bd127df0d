namespace Chaperone.Policy.Patterns;

/// <summary>Kinds of values in a policy file.</summary>
internal enum LiteralKind
{
    /// <summary>A string.</summary>
    Text = 0,

    /// <summary>A number.</summary>
    Number = 1,

    /// <summary>true or false.</summary>
    Truth = 2,

    /// <summary>null.</summary>
    Nothing = 3,
}

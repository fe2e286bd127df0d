namespace Chaperone.Policy.Sql.Bounds;

/// <summary>What a column of PHI says of a person; higher is more.</summary>
internal enum ColumnNature
{
    /// <summary>It parts people into groups: a ward, a code, a year.</summary>
    Category,

    /// <summary>Its name does not tell; counts as naming people where values come out.</summary>
    Unknown,

    /// <summary>It names people: a key, an account, a social security number.</summary>
    Person,
}

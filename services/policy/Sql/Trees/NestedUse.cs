namespace Chaperone.Policy.Sql.Trees;

/// <summary>What a query within an expression is for.</summary>
internal enum NestedUse
{
    /// <summary>Its one value.</summary>
    Value,

    /// <summary><c>EXISTS</c>.</summary>
    Exists,

    /// <summary><c>x IN (...)</c> or <c>x = ANY (...)</c>: equal to one of its rows.</summary>
    Member,

    /// <summary>Any other comparison with its rows.</summary>
    Compared,

    /// <summary><c>ARRAY(...)</c>: all of its rows in one value.</summary>
    Packed,
}

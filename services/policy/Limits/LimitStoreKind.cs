namespace Chaperone.Policy.Limits;

/// <summary>Where limits are counted.</summary>
public enum LimitStoreKind
{
    /// <summary>In the memory of the one policy worker.</summary>
    Memory = 0,

    /// <summary>In PostgreSQL, for any number of policy workers.</summary>
    PostgreSql = 1,
}

namespace Chaperone.Policy.Pins;

/// <summary>Where pins are kept.</summary>
public enum PinStoreKind
{
    /// <summary>A SQLite file: one policy worker.</summary>
    Sqlite = 0,

    /// <summary>PostgreSQL: any number of policy workers.</summary>
    PostgreSql = 1,
}

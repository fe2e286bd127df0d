namespace Chaperone.Policy.Sql;

/// <summary>Whose SQL a tool takes; the names in the policy file are these in lower case.</summary>
internal enum SqlDialect
{
    /// <summary>Read by PostgreSQL's own parser.</summary>
    PostgreSql,

    /// <summary>SQL Server, read by Microsoft's own parser.</summary>
    TSql,

    /// <summary>MySQL and MariaDB.</summary>
    MySql,

    /// <summary>Oracle.</summary>
    Oracle,

    /// <summary>SQLite.</summary>
    Sqlite,

    /// <summary>Snowflake.</summary>
    Snowflake,

    /// <summary>BigQuery.</summary>
    BigQuery,

    /// <summary>Any other: quotes and comments of every kind are looked for.</summary>
    Other,
}

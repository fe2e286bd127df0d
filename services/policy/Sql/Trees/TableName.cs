namespace Chaperone.Policy.Sql.Trees;

/// <summary>The name of a table or view, as written: server, database and schema first where they stand.</summary>
internal sealed record TableName(string[] Parts)
{
    /// <summary>The last part.</summary>
    public string Last => Parts[^1];

    public override string ToString() => string.Join('.', Parts);
}

namespace Chaperone.Policy.Sql.Trees;

/// <summary>
/// The name of a table or view, as written: server, database and schema first where they stand. A part that is left
/// out in the middle (<c>db..t</c>) is empty: it stands for any.
/// </summary>
internal sealed record TableName(string[] Parts)
{
    /// <summary>The last part.</summary>
    public string Last => Parts[^1];

    public override string ToString() => string.Join('.', Parts);
}

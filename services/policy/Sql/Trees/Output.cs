namespace Chaperone.Policy.Sql.Trees;

/// <summary>One output of a query, and the name that it is given.</summary>
internal sealed record Output(Expression Value, string? Name = null)
{
    /// <summary>The name it goes by; null where the database finds one.</summary>
    public string? KnownName => Name ?? (Value as Expression.Column)?.Last;
}

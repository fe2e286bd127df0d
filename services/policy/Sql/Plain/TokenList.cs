namespace Chaperone.Policy.Sql.Plain;

/// <summary>The tokens of a text, the end included.</summary>
internal sealed record TokenList(Token[] Tokens, bool HasComments)
{
    /// <summary>True when both cut the text at the same places.</summary>
    public bool CutsLike(TokenList other) =>
        Tokens.Length == other.Tokens.Length && Tokens.Zip(other.Tokens).All(p => p.First.Start == p.Second.Start && p.First.End == p.Second.End);
}

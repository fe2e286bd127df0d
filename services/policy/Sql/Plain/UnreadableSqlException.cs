namespace Chaperone.Policy.Sql.Plain;

/// <summary>The text cannot be read at <see cref="Position"/>; the message holds no word of it.</summary>
internal sealed class UnreadableSqlException(int position, string message) : Exception(message)
{
    /// <summary>Index into the text.</summary>
    public int Position { get; } = position;
}

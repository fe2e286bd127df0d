using Chaperone.Policy.Sql.Trees;

namespace Chaperone.Policy.Sql;

/// <summary>Reads SQL of one kind. Thread-safe; never throws for a text, however odd: what it cannot read is unreadable.</summary>
internal interface ISqlReader
{
    /// <summary>Reads <paramref name="text"/>, at most <see cref="SqlText.MaxLength"/> characters.</summary>
    Script Read(string text);
}

using System.Data.Common;

namespace Chaperone.Recorder.Keys;

/// <summary>One transaction of <see cref="KeyDatabase.Write"/>.</summary>
internal sealed class KeyWriter(DbConnection connection, DbTransaction transaction, string prefix)
{
    /// <summary>From here to the end of the transaction nobody else who enters writes: a hold and a destruction never miss each other.</summary>
    public void Enter() => Execute($"UPDATE {prefix}gate SET turn = turn + 1");

    /// <summary>Rows changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = KeyCommand.Of(connection, transaction, sql, values);
        return command.ExecuteNonQuery();
    }

    public List<T> Read<T>(string sql, Func<DbDataReader, T> map, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        using var command = KeyCommand.Of(connection, transaction, sql, values);
        return KeyCommand.Read(command, map);
    }
}

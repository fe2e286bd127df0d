using Chaperone.Recorder.Sealing;
using Microsoft.Data.Sqlite;

namespace Chaperone.Recorder.Store;

/// <summary>One append to SQLite: BEGIN IMMEDIATE takes the file's write lock, so the head stands still.</summary>
internal sealed class SqliteAppend : IAppend
{
    private readonly SqliteAppendCommands _commands;
    private readonly SemaphoreSlim _writing;
    private bool _open;

    public SqliteAppend(SqliteAppendCommands commands, SemaphoreSlim writing)
    {
        _commands = commands;
        _writing = writing;
        commands.Begin.ExecuteNonQuery();
        _open = true;
        try
        {
            using var reader = commands.ReadHead.ExecuteReader();
            Head = reader.Read()
                ? SqliteLedgerStore.ReadHead(reader)
                : throw new InvalidDataException("The store has no tree head.");
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    public LedgerHead Head { get; }

    public ValueTask<IReadOnlySet<Guid>> FindKnownAsync(IReadOnlyList<Guid> eventIds, CancellationToken cancellationToken)
    {
        var known = new HashSet<Guid>();
        foreach (var id in eventIds)
        {
            SqliteAppendCommands.Set(_commands.FindEvent, id.ToByteArray(bigEndian: true));
            if (_commands.FindEvent.ExecuteScalar() is not null)
            {
                known.Add(id);
            }
        }

        return ValueTask.FromResult<IReadOnlySet<Guid>>(known);
    }

    public ValueTask CommitAsync(LedgerHead next, IReadOnlyList<SealedRecord> records, CancellationToken cancellationToken)
    {
        var index = Head.Size;
        foreach (var record in records)
        {
            SqliteAppendCommands.Set(
                _commands.AddLeaf,
                index,
                record.EventId.ToByteArray(bigEndian: true),
                record.LeafHash.ToArray(),
                record.Leaf,
                (int)record.Kind,
                record.SessionId?.ToByteArray(bigEndian: true),
                record.Stamp?.Edge,
                record.Stamp?.Epoch,
                record.Stamp?.Number);
            _commands.AddLeaf.ExecuteNonQuery();
            SqliteAppendCommands.Set(_commands.AddRecord, index, record.Header, record.Object);
            _commands.AddRecord.ExecuteNonQuery();
            index++;
        }

        SqliteAppendCommands.Set(_commands.SwapHead, next.Size, next.Root.ToArray(), next.Range, Head.Size, Head.Root.ToArray(), Head.Epoch);
        if (_commands.SwapHead.ExecuteNonQuery() != 1)
        {
            throw new HeadMovedException();
        }

        _commands.Commit.ExecuteNonQuery();
        _open = false;
        return ValueTask.CompletedTask;
    }

    public ValueTask RotateAsync(LedgerHead next, SealedRecord carryOver, YearLog log, ClosedLog closed, CancellationToken cancellationToken)
    {
        SqliteAppendCommands.Set(
            _commands.AddLog, log.Number, log.Origin, log.Year, log.First, SqliteLedgerStore.Time(log.OpenedAt), closed.Head.Size, closed.Head.Root.ToArray(), closed.Note);
        _commands.AddLog.ExecuteNonQuery();
        return CommitAsync(next, [carryOver], cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        RollBack();
        _writing.Release();
        return ValueTask.CompletedTask;
    }

    private void RollBack()
    {
        if (!_open)
        {
            return;
        }

        _open = false;
        try
        {
            _commands.Rollback.ExecuteNonQuery();
        }
        catch (SqliteException)
        {
            // SQLite rolls back by itself on a full disk or an I/O error, and then says that no transaction is active.
        }
    }
}

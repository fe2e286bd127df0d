using System.Data.Common;
using Chaperone.Recorder.Store;
using Microsoft.Data.Sqlite;

namespace Chaperone.Recorder.Keys;

/// <summary>Keys in one SQLite file beside the ledger's.</summary>
/// <param name="path">The file.</param>
/// <param name="readOnly">True to read it offline: nothing is created, locked or changed.</param>
internal sealed class SqliteKeyDatabase(string path, bool readOnly = false) : KeyDatabase
{
    private static readonly string[] Versions = [Schema("", "BLOB"), StandingSchema("", "BLOB")];

    // Guards _writer.
    private readonly Lock _writing = new();
    private SqliteConnection? _writer;

    public override string Prefix => "";

    public override ValueTask OpenAsync(CancellationToken cancellationToken)
    {
        if (!readOnly)
        {
            Writer();
        }

        return ValueTask.CompletedTask;
    }

    public override T Write<T>(Func<KeyWriter, T> work)
    {
        lock (_writing)
        {
            return Run(Writer(), Prefix, work);
        }
    }

    public override void Wipe()
    {
        lock (_writing)
        {
            SqliteDatabase.Execute(Writer(), "PRAGMA wal_checkpoint(TRUNCATE);");
        }
    }

    public override ValueTask DisposeAsync()
    {
        lock (_writing)
        {
            SqliteDatabase.CloseReaders(path);
            _writer?.Dispose();
            _writer = null;
        }

        return ValueTask.CompletedTask;
    }

    protected override DbConnection Reader()
    {
        if (readOnly)
        {
            return SqliteDatabase.OpenOffline(path);
        }

        Writer();
        return SqliteDatabase.OpenReader(path);
    }

    private SqliteConnection Writer()
    {
        lock (_writing)
        {
            if (_writer is null)
            {
                _writer = SqliteDatabase.OpenWriter(path, Versions, durable: true);
                SqliteDatabase.Execute(_writer, "PRAGMA secure_delete=ON;");
            }

            return _writer;
        }
    }
}

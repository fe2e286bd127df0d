namespace Chaperone.Recorder.Store;

/// <summary>The SQLite schema, one script a version; a script is never changed once released.</summary>
internal static class SqliteSchema
{
    public static readonly IReadOnlyList<string> Versions =
    [
        """
        CREATE TABLE head (
          one INTEGER PRIMARY KEY CHECK (one = 1),
          size INTEGER NOT NULL, root BLOB NOT NULL, range BLOB NOT NULL, epoch INTEGER NOT NULL) STRICT;
        INSERT INTO head VALUES (1, 0, x'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855', x'0000000000000000', 1);
        CREATE TABLE leaf (
          idx INTEGER PRIMARY KEY,
          event BLOB NOT NULL UNIQUE, hash BLOB NOT NULL, bytes BLOB NOT NULL,
          kind INTEGER NOT NULL, session BLOB, edge TEXT, epoch INTEGER, number INTEGER) STRICT;
        CREATE INDEX leaf_session ON leaf (session, idx) WHERE session IS NOT NULL;
        CREATE TABLE record (idx INTEGER PRIMARY KEY, header BLOB NOT NULL, object BLOB NOT NULL) STRICT;
        CREATE TABLE checkpoint (
          one INTEGER PRIMARY KEY CHECK (one = 1),
          size INTEGER NOT NULL, signed_at TEXT NOT NULL, note TEXT NOT NULL) STRICT;
        CREATE TRIGGER leaf_keep BEFORE UPDATE ON leaf BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER leaf_stay BEFORE DELETE ON leaf BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER record_keep BEFORE UPDATE ON record BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER record_stay BEFORE DELETE ON record BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        """,
        """
        CREATE TABLE log (
          number INTEGER PRIMARY KEY, origin TEXT NOT NULL UNIQUE, year INTEGER NOT NULL, first INTEGER NOT NULL, opened_at TEXT NOT NULL,
          closed_size INTEGER, closed_root BLOB, closed_note TEXT) STRICT;
        CREATE TRIGGER log_keep BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        CREATE TRIGGER log_stay BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
        """,
    ];
}

namespace Chaperone.Recorder.Search;

/// <summary>The schema of <c>search.db</c>. The words' own text is not stored (contentless FTS5): only what finds a record by them.</summary>
internal static class SqliteSearchSchema
{
    public static readonly IReadOnlyList<string> Versions =
    [
        """
        CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
        CREATE TABLE session (
          id BLOB PRIMARY KEY,
          principal TEXT NOT NULL, server TEXT NOT NULL,
          started INTEGER NOT NULL, last INTEGER NOT NULL,
          calls INTEGER NOT NULL, denied INTEGER NOT NULL, masked INTEGER NOT NULL) STRICT;
        CREATE INDEX session_last ON session (last DESC);
        CREATE TABLE document (idx INTEGER PRIMARY KEY, session BLOB NOT NULL) STRICT;
        CREATE VIRTUAL TABLE words USING fts5 (text, content='', tokenize='unicode61 remove_diacritics 2');
        CREATE TABLE gap (
          edge TEXT NOT NULL, epoch INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, noticed INTEGER NOT NULL,
          PRIMARY KEY (edge, epoch, first, last)) STRICT;
        """,

        // Fields and times were added: it is built again from the ledger.
        """
        DROP TABLE words; DROP TABLE document;
        DELETE FROM session; DELETE FROM gap; DELETE FROM state WHERE name = 'watermark';
        CREATE TABLE document (idx INTEGER PRIMARY KEY, session BLOB NOT NULL, at INTEGER NOT NULL) STRICT;
        CREATE VIRTUAL TABLE words USING fts5 (text, fields, content='', tokenize='unicode61 remove_diacritics 2');
        CREATE TABLE hour (at INTEGER PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL) STRICT;
        """,

        // Patients by pseudonym and steps of reviews were added; records of before have none, so nothing need be built again.
        """
        CREATE TABLE patient (mark BLOB NOT NULL, idx INTEGER NOT NULL, class INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (mark, idx, class)) STRICT, WITHOUT ROWID;
        CREATE TABLE review (idx INTEGER PRIMARY KEY, at INTEGER NOT NULL, actor TEXT, note TEXT NOT NULL) STRICT;
        CREATE TABLE patient_key (id TEXT NOT NULL, month INTEGER NOT NULL, PRIMARY KEY (id, month)) STRICT, WITHOUT ROWID;
        """,
    ];
}

namespace Chaperone.Recorder.Search;

/// <summary>The PostgreSQL schema <c>recorder_search</c>; dropping it lets it be built again from the ledger.</summary>
internal static class PostgresSearchSchema
{
    public static readonly IReadOnlyList<string> Versions =
    [
        """
        CREATE TABLE recorder_search.state (name text PRIMARY KEY, value text NOT NULL);
        CREATE TABLE recorder_search.session (
          id uuid PRIMARY KEY,
          principal text NOT NULL, server text NOT NULL,
          started timestamptz NOT NULL, last timestamptz NOT NULL,
          calls int NOT NULL, denied int NOT NULL, masked int NOT NULL);
        CREATE INDEX session_last ON recorder_search.session (last DESC);
        CREATE TABLE recorder_search.document (idx bigint PRIMARY KEY, session uuid NOT NULL, words tsvector NOT NULL);
        CREATE INDEX document_words ON recorder_search.document USING gin (words);
        CREATE TABLE recorder_search.gap (
          edge text NOT NULL, epoch bigint NOT NULL, first bigint NOT NULL, last bigint NOT NULL, noticed timestamptz NOT NULL,
          PRIMARY KEY (edge, epoch, first, last));
        """,

        // Fields and times were added: it is built again from the ledger.
        """
        DROP TABLE recorder_search.document;
        TRUNCATE recorder_search.session, recorder_search.gap;
        DELETE FROM recorder_search.state WHERE name = 'watermark';
        CREATE TABLE recorder_search.document (idx bigint PRIMARY KEY, session uuid NOT NULL, at timestamptz NOT NULL, words tsvector NOT NULL);
        CREATE INDEX document_words ON recorder_search.document USING gin (words);
        CREATE TABLE recorder_search.hour (at bigint PRIMARY KEY, first bigint NOT NULL, last bigint NOT NULL);
        """,

        // Patients by pseudonym and steps of reviews were added; records of before have none, so nothing need be built again.
        """
        CREATE TABLE recorder_search.patient (mark bytea NOT NULL, idx bigint NOT NULL, class smallint NOT NULL, place smallint NOT NULL, PRIMARY KEY (mark, idx, class));
        CREATE TABLE recorder_search.review (idx bigint PRIMARY KEY, at timestamptz NOT NULL, actor text, note text NOT NULL);
        CREATE TABLE recorder_search.patient_key (id text NOT NULL, month int NOT NULL, PRIMARY KEY (id, month));
        """,
    ];
}

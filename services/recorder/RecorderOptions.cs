using Chaperone.Recorder.Elastic;
using Chaperone.Recorder.Keys.Vault;
using Chaperone.Recorder.Retention;
using Chaperone.Recorder.Sequencing;
using Chaperone.Recorder.Siem;
using Chaperone.Recorder.Witnessing;

namespace Chaperone.Recorder;

/// <summary>Settings under <c>Recorder</c> (environment <c>CHAPERONE_Recorder__...</c>).</summary>
public sealed class RecorderOptions
{
    /// <summary>Where the ledger lives: <c>Sqlite</c> (default, one recorder) or <c>PostgreSql</c> (any number of recorders).</summary>
    public RecorderStore Store { get; set; } = RecorderStore.Sqlite;

    /// <summary>Folder of this recorder: <c>ledger.db</c> and <c>search.db</c> (SQLite), and <c>log/</c> with tiles and checkpoint. Default <c>data/recorder</c>. Not shared between recorders.</summary>
    public string DataDirectory { get; set; } = Path.Combine("data", "recorder");

    /// <summary>Npgsql connection string without a password, e.g. <c>Host=postgres;Database=chaperone;Username=recorder</c>; needed for PostgreSql.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>File that holds the database password, so that it is in no environment or argument list; null if none is needed.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>File with the record keys; created with owner-only rights on first run. Default <c>data/keys/record.key</c>. Without it no record can be read again. Where <see cref="KeyRoot"/> is Vault none is created, and one that is there only opens older keys.</summary>
    public string KeyFile { get; set; } = Path.Combine("data", "keys", "record.key");

    /// <summary>What wraps the keys of the records: <c>File</c> (default: <see cref="KeyFile"/>) or <c>Vault</c>. When it is changed, all keys are wrapped anew within a minute.</summary>
    public KeyRoot KeyRoot { get; set; } = KeyRoot.File;

    /// <summary>The key in Vault; off by default.</summary>
    public VaultRootOptions Vault { get; set; } = new();

    /// <summary>File with the key that signs checkpoints; created with owner-only rights on first run. Default <c>data/keys/ledger.key</c>.</summary>
    public string SigningKeyFile { get; set; } = Path.Combine("data", "keys", "ledger.key");

    /// <summary>First line of every checkpoint and name of the signing key (C2SP tlog-checkpoint): a URL without scheme. Default <c>chaperone.local/ledger</c>. Never change it for a log that exists.</summary>
    public string Origin { get; set; } = "chaperone.local/ledger";

    /// <summary>When the open log is closed and the next one opened: <c>Yearly</c> (default: with the first record of each year, UTC, as <c>ORIGIN/2027</c>, carrying over how the last one was closed) or <c>Never</c>.</summary>
    public LedgerRotation Rotation { get; set; } = LedgerRotation.Yearly;

    /// <summary>Shortest time between two checkpoints; default 1 s. A checkpoint is signed only when the ledger grew.</summary>
    public TimeSpan CheckpointEvery { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Shortest time between two checkpoints in the log stream; default 5 minutes.</summary>
    public TimeSpan CheckpointLogEvery { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Who cosigns checkpoints; default nobody.</summary>
    public IList<WitnessOptions> Witnesses { get; } = [];

    /// <summary>How many of them must cosign a checkpoint for <c>checkpoint.witnessed</c>; default 1.</summary>
    public int WitnessQuorum { get; set; } = 1;

    /// <summary>Shortest time between two questions to the witnesses; default 10 s. Nothing is asked while the ledger does not grow.</summary>
    public TimeSpan WitnessEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest wait for a witness's answer, at start too; default 5 s.</summary>
    public TimeSpan WitnessTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the quorum may be missed before readiness says so; default 5 minutes.</summary>
    public TimeSpan WitnessPatience { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a number of an edge may be missing before it is recorded as a gap; default 30 s.</summary>
    public TimeSpan GapAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one round of reading every record again takes; default 30 days. At most 160 records a second, at least 16 an hour.</summary>
    public TimeSpan ScrubWithin { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long records are kept open.</summary>
    public RetentionOptions Retention { get; set; } = new();

    /// <summary>Where masked documents for the SOC go; off by default.</summary>
    public ElasticOptions Elastic { get; set; } = new();

    /// <summary>Where records go as syslog; off by default.</summary>
    public SyslogOptions Syslog { get; set; } = new();
}

/// <summary>Where the ledger lives.</summary>
public enum RecorderStore
{
    /// <summary>One SQLite file in the data directory.</summary>
    Sqlite = 0,

    /// <summary>A PostgreSQL database.</summary>
    PostgreSql = 1,
}

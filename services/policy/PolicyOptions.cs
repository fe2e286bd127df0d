using Chaperone.Policy.Limits;
using Chaperone.Policy.Pins;

namespace Chaperone.Policy;

/// <summary>Settings under <c>Policy</c> (environment <c>CHAPERONE_Policy__...</c>).</summary>
public sealed class PolicyOptions
{
    /// <summary>The policy file; default <c>policy.yaml</c> in the working directory. It must be there and free of problems at start.</summary>
    public string File { get; set; } = "policy.yaml";

    /// <summary>Folder that keeps each version that came into force; default <c>data/policy/versions</c>. Replicas may share it.</summary>
    public string VersionsFolder { get; set; } = Path.Combine("data", "policy", "versions");

    /// <summary>Between two looks at the file beside the file system's own notices, 100 ms to 10 min; default 2 s.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a changed file must stay the same before it is read, 10 ms to 1 min; default 200 ms. Half a file can be a valid policy: never 0.</summary>
    public TimeSpan SettleTime { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest time in milliseconds that a 2026-07-28 client may keep a list, 0 to 86,400,000; default 60,000. A change of the policy shows in lists after it; calls are decided anew each time.</summary>
    public int ListTtlMilliseconds { get; set; } = 60_000;

    /// <summary>Where limits and the counters of sessions are counted. <c>Memory</c> (default): one policy worker; a restart forgets. <c>PostgreSql</c>: any number of workers; while it is away, calls under limits are refused.</summary>
    public LimitStoreKind LimitStore { get; set; } = LimitStoreKind.Memory;

    /// <summary>Where the definitions of tools are kept that were accepted, held and refused, and break-glass windows. <c>Sqlite</c> (default): one policy worker. <c>PostgreSql</c>: any number of workers. While it is away, calls of tools are refused, and nobody has broken the glass.</summary>
    public PinStoreKind PinStore { get; set; } = PinStoreKind.Sqlite;

    /// <summary>Directory of the SQLite file; created with owner-only rights. Default <c>data/policy</c>.</summary>
    public string DataDirectory { get; set; } = Path.Combine("data", "policy");

    /// <summary>Npgsql connection string without a password; needed for PostgreSql.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>File that holds the database password, so that it is in no environment or argument list.</summary>
    public string? PasswordFile { get; set; }

    /// <summary>How long a call whose end is never told counts as under way, 1 min to 24 h; default 15 min.</summary>
    public TimeSpan SlotLifetime { get; set; } = TimeSpan.FromMinutes(15);
}

namespace Chaperone.Recorder.Evidence;

/// <summary>Members of a bundle.</summary>
internal static class EvidencePaths
{
    public const string Manifest = "manifest.json";
    public const string Note = "manifest.note";
    public const string Key = "log.vkey";
    public const string Checkpoint = "checkpoint";
    public const string Older = "checkpoint.older";
    public const string Consistency = "consistency.txt";
    public const string Logs = "logs.tsv";
    public const string Records = "records.jsonl";
    public const string Proofs = "proofs.tsv";
    public const string Sessions = "sessions.jsonl";
    public const string Content = "content.jsonl";
    public const string Completeness = "completeness.json";
    public const string Configuration = "configuration.json";
    public const string Summary = "SUMMARY.html";
    public const string Readme = "README.txt";
    public const string Script = "verify.sh";
    public const string Page = "verify.html";
    public const string Workbook = "populations.xlsx";
    public const string Decisions = "populations/decisions.csv";
    public const string Outcomes = "populations/outcomes.csv";
    public const string Approvals = "populations/approvals.csv";
    public const string Users = "populations/users.csv";
    public const string SessionTable = "populations/sessions.csv";
    public const string Oversight = "populations/oversight.csv";
    public const string Retention = "populations/retention.csv";
    public const string Reviews = "populations/reviews.csv";
    public const string Fhir = "fhir/AuditEvent.ndjson";
    public const string Ocsf = "ocsf/api_activity.ndjson";

    /// <summary>The checkpoint that a log, counted from 0, was closed with; only where a bundle is of more logs than one.</summary>
    public static string ClosedLog(int number) => $"logs/{number}.checkpoint";
}

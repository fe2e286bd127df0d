namespace Chaperone.Recorder.Elastic;

/// <summary>The data streams, apart by who may read them: index privileges are free in every licence, field privileges are not.</summary>
internal static class ElasticDatasets
{
    /// <summary>Calls, decisions, outcomes, approvals, sessions, gaps: no bodies.</summary>
    public const string Audit = "chaperone.audit";

    /// <summary>Masked requests and responses.</summary>
    public const string Content = "chaperone.content";

    /// <summary>Changes of policy, reviews, exports, reveals.</summary>
    public const string Control = "chaperone.control";

    /// <summary>Signed checkpoints of the ledger.</summary>
    public const string Checkpoint = "chaperone.checkpoint";

    public static readonly IReadOnlyList<string> All = [Audit, Content, Control, Checkpoint];

    /// <summary>The data stream's name.</summary>
    public static string Stream(string dataset, string ns) => $"logs-{dataset}-{ns}";
}

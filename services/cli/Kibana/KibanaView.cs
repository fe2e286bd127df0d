namespace Chaperone.Cli.Kibana;

/// <summary>A data view: the streams that a search, a panel or a rule looks at.</summary>
/// <param name="Id">Id of the saved object.</param>
/// <param name="Pattern">Names of the streams.</param>
internal sealed record KibanaView(string Id, string Pattern)
{
    public static readonly KibanaView Audit = new("chaperone-audit", "logs-chaperone.audit-*");

    public static readonly KibanaView Content = new("chaperone-content", "logs-chaperone.content-*");

    public static readonly KibanaView Control = new("chaperone-control", "logs-chaperone.control-*");

    public static readonly KibanaView Checkpoint = new("chaperone-checkpoint", "logs-chaperone.checkpoint-*");

    public static readonly IReadOnlyList<KibanaView> All = [Audit, Content, Control, Checkpoint];
}

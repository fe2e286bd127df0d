namespace Chaperone.Cli.Kibana;

/// <summary>One dashboard.</summary>
/// <param name="Id">Id of the saved object.</param>
/// <param name="Title">Its name.</param>
/// <param name="Description">What it answers.</param>
/// <param name="From">Where its time range begins, e.g. <c>now-24h</c>.</param>
/// <param name="Panels">Its panels in reading order.</param>
internal sealed record KibanaBoard(string Id, string Title, string Description, string From, IReadOnlyList<KibanaPanel> Panels);

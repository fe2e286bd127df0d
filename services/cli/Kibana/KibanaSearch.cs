namespace Chaperone.Cli.Kibana;

/// <summary>A saved search in Discover.</summary>
/// <param name="Id">Id of the saved object.</param>
/// <param name="Title">Its name.</param>
/// <param name="View">What it looks at.</param>
/// <param name="Query">Which documents, in KQL.</param>
/// <param name="Columns">The fields shown.</param>
internal sealed record KibanaSearch(string Id, string Title, KibanaView View, string Query, IReadOnlyList<string> Columns);

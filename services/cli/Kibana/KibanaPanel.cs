namespace Chaperone.Cli.Kibana;

/// <summary>One panel of a dashboard.</summary>
/// <param name="Title">What it shows; its id is made of it.</param>
/// <param name="Shape">How it looks.</param>
/// <param name="View">What it looks at.</param>
/// <param name="Query">Which documents, in KQL; empty for all.</param>
/// <param name="By">The fields that part it, the first outermost.</param>
/// <param name="Metrics">What is counted.</param>
internal sealed record KibanaPanel(string Title, PanelShape Shape, KibanaView View, string Query, IReadOnlyList<string> By, IReadOnlyList<KibanaMetric> Metrics)
{
    public string Id => "chaperone-" + new string([.. Title.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')]);
}

/// <summary>How a panel looks.</summary>
internal enum PanelShape
{
    /// <summary>One large number for each metric.</summary>
    Number = 0,

    /// <summary>Rows, one for each value.</summary>
    Table = 1,

    /// <summary>Bars over time, stacked by the first field.</summary>
    Timeline = 2,

    /// <summary>A ring, parted by the first field.</summary>
    Ring = 3,
}

namespace Chaperone.Cli.Kibana;

/// <summary>What a panel counts.</summary>
/// <param name="Kind">Name of the aggregation in Kibana: <c>count</c>, <c>sum</c>, <c>avg</c>, <c>max</c>, <c>cardinality</c> or <c>percentiles</c>.</param>
/// <param name="Field">What it is taken of; null for <c>count</c>.</param>
/// <param name="Label">Its name on the panel.</param>
internal sealed record KibanaMetric(string Kind, string? Field, string Label)
{
    public static readonly KibanaMetric Records = new("count", null, "Records");
}

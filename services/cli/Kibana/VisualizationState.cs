using System.Text.Json.Nodes;

namespace Chaperone.Cli.Kibana;

/// <summary>The <c>visState</c> of a panel, in the form that Kibana 7.14 wrote and newer ones migrate.</summary>
internal static class VisualizationState
{
    private const int Rows = 20;
    private const int Series = 10;

    public static JsonObject Of(KibanaPanel panel) => new()
    {
        ["title"] = panel.Title,
        ["type"] = panel.Shape switch
        {
            PanelShape.Number => "metric",
            PanelShape.Table => "table",
            PanelShape.Ring => "pie",
            _ => "histogram",
        },
        ["aggs"] = Aggregations(panel),
        ["params"] = Parameters(panel),
    };

    private static JsonArray Aggregations(KibanaPanel panel)
    {
        var aggregations = new JsonArray();
        foreach (var metric in panel.Metrics)
        {
            var parameters = new JsonObject { ["customLabel"] = metric.Label };
            if (metric.Field is not null)
            {
                parameters["field"] = metric.Field;
            }

            if (metric.Kind == "percentiles")
            {
                parameters["percents"] = new JsonArray(50, 95);
            }

            Add(aggregations, metric.Kind, "metric", parameters);
        }

        if (panel.Shape == PanelShape.Timeline)
        {
            Add(aggregations, "date_histogram", "segment", new JsonObject
            {
                ["field"] = "@timestamp",
                ["useNormalizedEsInterval"] = true,
                ["scaleMetricValues"] = false,
                ["interval"] = "auto",
                ["drop_partials"] = false,
                ["min_doc_count"] = 1,
                ["extended_bounds"] = new JsonObject(),
            });
        }

        foreach (var field in panel.By)
        {
            Add(aggregations, "terms", Schema(panel.Shape), Terms(field, panel));
        }

        return aggregations;
    }

    private static string Schema(PanelShape shape) => shape switch
    {
        PanelShape.Table => "bucket",
        PanelShape.Timeline => "group",
        _ => "segment",
    };

    // Percentiles cannot order rows.
    private static JsonObject Terms(string field, KibanaPanel panel) => new()
    {
        ["field"] = field,
        ["orderBy"] = panel.Metrics[0].Kind == "percentiles" ? "_key" : "1",
        ["order"] = "desc",
        ["size"] = panel.Shape == PanelShape.Table ? Rows : Series,
        ["otherBucket"] = panel.Shape != PanelShape.Table,
        ["otherBucketLabel"] = "Other",
        ["missingBucket"] = false,
        ["missingBucketLabel"] = "Missing",
    };

    private static void Add(JsonArray aggregations, string type, string schema, JsonObject parameters) => aggregations.Add(new JsonObject
    {
        ["id"] = $"{aggregations.Count + 1}",
        ["enabled"] = true,
        ["type"] = type,
        ["schema"] = schema,
        ["params"] = parameters,
    });

    private static JsonObject Parameters(KibanaPanel panel) => panel.Shape switch
    {
        PanelShape.Number => new JsonObject
        {
            ["addTooltip"] = true,
            ["addLegend"] = false,
            ["type"] = "metric",
            ["metric"] = new JsonObject
            {
                ["percentageMode"] = false,
                ["useRanges"] = false,
                ["colorSchema"] = "Green to Red",
                ["metricColorMode"] = "None",
                ["colorsRange"] = new JsonArray(new JsonObject { ["from"] = 0, ["to"] = 10000 }),
                ["labels"] = new JsonObject { ["show"] = true },
                ["invertColors"] = false,
                ["style"] = new JsonObject { ["bgFill"] = "#000", ["bgColor"] = false, ["labelColor"] = false, ["subText"] = "", ["fontSize"] = 40 },
            },
        },
        PanelShape.Table => new JsonObject
        {
            ["perPage"] = 10,
            ["showPartialRows"] = false,
            ["showMetricsAtAllLevels"] = false,
            ["showTotal"] = false,
            ["showToolbar"] = true,
            ["totalFunc"] = "sum",
            ["percentageCol"] = "",
        },
        PanelShape.Ring => new JsonObject
        {
            ["type"] = "pie",
            ["addTooltip"] = true,
            ["addLegend"] = true,
            ["legendPosition"] = "right",
            ["isDonut"] = true,
            ["labels"] = new JsonObject { ["show"] = true, ["values"] = true, ["last_level"] = true, ["truncate"] = 100 },
        },
        _ => Bars(),
    };

    private static JsonObject Bars() => new()
    {
        ["type"] = "histogram",
        ["grid"] = new JsonObject { ["categoryLines"] = false },
        ["categoryAxes"] = new JsonArray(new JsonObject
        {
            ["id"] = "CategoryAxis-1",
            ["type"] = "category",
            ["position"] = "bottom",
            ["show"] = true,
            ["style"] = new JsonObject(),
            ["scale"] = new JsonObject { ["type"] = "linear" },
            ["labels"] = new JsonObject { ["show"] = true, ["filter"] = true, ["truncate"] = 100 },
            ["title"] = new JsonObject(),
        }),
        ["valueAxes"] = new JsonArray(new JsonObject
        {
            ["id"] = "ValueAxis-1",
            ["name"] = "LeftAxis-1",
            ["type"] = "value",
            ["position"] = "left",
            ["show"] = true,
            ["style"] = new JsonObject(),
            ["scale"] = new JsonObject { ["type"] = "linear", ["mode"] = "normal" },
            ["labels"] = new JsonObject { ["show"] = true, ["rotate"] = 0, ["filter"] = false, ["truncate"] = 100 },
            ["title"] = new JsonObject { ["text"] = "Records" },
        }),
        ["seriesParams"] = new JsonArray(new JsonObject
        {
            ["show"] = true,
            ["type"] = "histogram",
            ["mode"] = "stacked",
            ["data"] = new JsonObject { ["label"] = "Records", ["id"] = "1" },
            ["valueAxis"] = "ValueAxis-1",
            ["drawLinesBetweenPoints"] = true,
            ["lineWidth"] = 2,
            ["showCircles"] = true,
        }),
        ["addTooltip"] = true,
        ["addLegend"] = true,
        ["legendPosition"] = "right",
        ["times"] = new JsonArray(),
        ["addTimeMarker"] = false,
        ["labels"] = new JsonObject { ["show"] = false },
        ["thresholdLine"] = new JsonObject { ["show"] = false, ["value"] = 10, ["width"] = 1, ["style"] = "full", ["color"] = "#E7664C" },
    };
}

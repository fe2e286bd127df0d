using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Chaperone.Cli.Kibana;

/// <summary>
/// The saved objects as NDJSON for Kibana's import. They say the version of their form (7.14), which 7.17, 8 and 9 migrate
/// when they import; a newer form would be refused by older ones. The same data makes the same bytes.
/// </summary>
internal static class SavedObjects
{
    private const string Form = "7.14.0";
    private const string IndexReference = "kibanaSavedObjectMeta.searchSourceJSON.index";
    private const int Columns = 48;
    private const int NumberWidth = 12;
    private const int NumberHeight = 7;
    private const int PanelWidth = 24;
    private const int PanelHeight = 14;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>All of them, one a line, what is referred to before what refers to it.</summary>
    public static string Write() => Lines(
        KibanaView.All.Select(View)
            .Concat(KibanaBoards.Searches.Select(Search))
            .Concat(KibanaBoards.All.SelectMany(b => b.Panels).Select(Visualization))
            .Concat(KibanaBoards.All.Select(Dashboard)));

    /// <summary>One JSON object a line.</summary>
    public static string Lines(IEnumerable<JsonObject> objects) => string.Concat(objects.Select(o => o.ToJsonString(Plain) + "\n"));

    private static JsonObject View(KibanaView view) => Object("index-pattern", view.Id, "7.11.0", new JsonObject
    {
        ["title"] = view.Pattern,
        ["timeFieldName"] = "@timestamp",
        ["fields"] = "[]",
    });

    private static JsonObject Search(KibanaSearch search) => Object(
        "search", search.Id, "7.9.3",
        new JsonObject
        {
            ["title"] = search.Title,
            ["description"] = "",
            ["hits"] = 0,
            ["version"] = 1,
            ["columns"] = new JsonArray([.. search.Columns.Select(c => (JsonNode)c)]),
            ["sort"] = new JsonArray(new JsonArray("@timestamp", "desc")),
            ["kibanaSavedObjectMeta"] = Source(search.Query, withView: true),
        },
        Reference(IndexReference, "index-pattern", search.View.Id));

    private static JsonObject Visualization(KibanaPanel panel) => Object(
        "visualization", panel.Id, Form,
        new JsonObject
        {
            ["title"] = panel.Title,
            ["description"] = "",
            ["version"] = 1,
            ["uiStateJSON"] = "{}",
            ["visState"] = VisualizationState.Of(panel).ToJsonString(Plain),
            ["kibanaSavedObjectMeta"] = Source(panel.Query, withView: true),
        },
        Reference(IndexReference, "index-pattern", panel.View.Id));

    private static JsonObject Dashboard(KibanaBoard board)
    {
        var references = board.Panels.Select((p, i) => Reference($"panel_{i}", "visualization", p.Id)).ToArray();
        return Object(
            "dashboard", board.Id, Form,
            new JsonObject
            {
                ["title"] = board.Title,
                ["description"] = board.Description,
                ["hits"] = 0,
                ["version"] = 1,
                ["panelsJSON"] = Panels(board).ToJsonString(Plain),
                ["optionsJSON"] = """{"useMargins":true,"hidePanelTitles":false}""",
                ["timeRestore"] = true,
                ["timeFrom"] = board.From,
                ["timeTo"] = "now",
                ["refreshInterval"] = new JsonObject { ["pause"] = true, ["value"] = 0 },
                ["kibanaSavedObjectMeta"] = Source("", withView: false),
            },
            references);
    }

    /// <summary>Left to right, top to bottom; numbers are small.</summary>
    private static JsonArray Panels(KibanaBoard board)
    {
        var panels = new JsonArray();
        var (x, y, rowHeight) = (0, 0, 0);
        foreach (var panel in board.Panels)
        {
            var (width, height) = panel.Shape == PanelShape.Number ? (NumberWidth, NumberHeight) : (PanelWidth, PanelHeight);
            if (x + width > Columns || (rowHeight != 0 && rowHeight != height))
            {
                (x, y) = (0, y + rowHeight);
            }

            rowHeight = height;
            var index = $"{panels.Count}";
            panels.Add(new JsonObject
            {
                ["version"] = Form,
                ["type"] = "visualization",
                ["gridData"] = new JsonObject { ["x"] = x, ["y"] = y, ["w"] = width, ["h"] = height, ["i"] = index },
                ["panelIndex"] = index,
                ["embeddableConfig"] = new JsonObject { ["enhancements"] = new JsonObject() },
                ["panelRefName"] = $"panel_{index}",
            });
            x += width;
        }

        return panels;
    }

    private static JsonObject Source(string query, bool withView)
    {
        var source = new JsonObject { ["query"] = new JsonObject { ["query"] = query, ["language"] = "kuery" }, ["filter"] = new JsonArray() };
        if (withView)
        {
            source["indexRefName"] = IndexReference;
        }

        return new JsonObject { ["searchSourceJSON"] = source.ToJsonString(Plain) };
    }

    private static JsonObject Reference(string name, string type, string id) => new() { ["name"] = name, ["type"] = type, ["id"] = id };

    private static JsonObject Object(string type, string id, string form, JsonObject attributes, params JsonObject[] references) => new()
    {
        ["id"] = id,
        ["type"] = type,
        ["attributes"] = attributes,
        ["references"] = new JsonArray([.. references]),
        ["migrationVersion"] = new JsonObject { [type] = form },
        ["coreMigrationVersion"] = Form,
    };
}

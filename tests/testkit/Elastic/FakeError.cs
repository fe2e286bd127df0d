using System.Text.Json.Nodes;

namespace Chaperone.TestKit.Elastic;

/// <summary>An error as Elasticsearch words it.</summary>
internal sealed class FakeError(int status, string type, string reason, JsonObject? causedBy = null) : Exception
{
    public int Status => status;

    /// <summary>The error object of an item.</summary>
    public JsonObject Item()
    {
        var error = new JsonObject { ["type"] = type, ["reason"] = reason };
        if (causedBy is not null)
        {
            error["caused_by"] = causedBy.DeepClone();
        }

        return error;
    }

    /// <summary>The body of an answer.</summary>
    public JsonObject Body()
    {
        var error = Item();
        error["root_cause"] = new JsonArray(Item());
        return new JsonObject { ["error"] = error, ["status"] = status };
    }
}

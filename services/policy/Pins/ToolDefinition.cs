using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chaperone.Bus.Rfc8785;
using Chaperone.Contracts;

namespace Chaperone.Policy.Pins;

/// <summary>A tool as a server lists it. All members count, also those this revision of MCP does not know: a model may be shown any of them.</summary>
/// <param name="Server">Key of the server in the policy file.</param>
/// <param name="Name">The tool's name.</param>
/// <param name="Digest">SHA-256 of <paramref name="Canonical"/>, lower-case hex.</param>
/// <param name="Shape">The same without the name and the titles: equal for a tool that was only renamed.</param>
/// <param name="Canonical">The entry in RFC 8785 form.</param>
/// <param name="Suspicions">What a person should look at twice.</param>
internal sealed record ToolDefinition(string Server, string Name, string Digest, string Shape, byte[] Canonical, ToolSuspicion[] Suspicions)
{
    /// <summary>Longer ones cannot be reviewed by a person, and so never accepted by one.</summary>
    public const int MostBytes = 128 * 1024;

    public Guid Id => IdOf(Server, Name, Digest);

    /// <summary>Reads an entry of a list; null where it has no name, so that it cannot be shown either.</summary>
    public static ToolDefinition? Of(string server, JsonElement tool)
    {
        if (tool.ValueKind != JsonValueKind.Object || !tool.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var canonical = CanonicalJson.Write(tool);
        return new ToolDefinition(server, name.GetString()!, Hash(canonical), Hash(WithoutName(tool)), canonical, Suspicion.Find(tool));
    }

    /// <summary>A name for the definition that needs no escaping.</summary>
    public static Guid IdOf(string server, string name, string digest) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"{server}\0{name}\0{digest}")).AsSpan(0, 16));

    private static byte[] WithoutName(JsonElement tool) => CanonicalJson.Write(writer =>
    {
        writer.WriteStartObject();
        foreach (var member in tool.EnumerateObject().Where(m => m.Name is not ("name" or "title")).OrderBy(m => m.Name, StringComparer.Ordinal))
        {
            writer.WritePropertyName(member.Name);
            CanonicalJson.Write(writer, member.Value);
        }

        writer.WriteEndObject();
    });

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}

using System.Security.Cryptography;
using System.Text.Json;
using Chaperone.Bus.Rfc8785;
using Chaperone.Contracts;

namespace Chaperone.Edge.Approvals;

/// <summary>What an approval is for: one exact call (invariant 6). Any difference makes another digest.</summary>
internal static class CallBinding
{
    /// <summary>SHA-256, lower-case hex, over RFC 8785 JSON of all that must not change between the yes and the call.</summary>
    public static string Digest(CallFacts call, JsonElement parameters, string toolDefinitionDigest, string policyDigest, string? inputResponses)
    {
        var bytes = CanonicalJson.Write(writer =>
        {
            writer.WriteStartObject();
            writer.WritePropertyName("arguments");
            CanonicalJson.Write(writer, parameters.ValueKind == JsonValueKind.Object && parameters.TryGetProperty("arguments", out var arguments) ? arguments : default);
            writer.WriteString("client", call.Principal.ClientId);
            writer.WriteString("inputResponses", inputResponses);
            writer.WriteString("issuer", call.Principal.Issuer);
            writer.WriteString("method", call.Method);
            writer.WriteString("policy", policyDigest);
            writer.WriteString("server", call.Server);
            writer.WriteString("subject", call.Principal.Subject);
            writer.WriteString("target", call.Target);
            writer.WriteString("tool", toolDefinitionDigest);
            writer.WriteEndObject();
        });
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }
}

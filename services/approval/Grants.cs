using System.Security.Cryptography;
using System.Text.Json;
using Chaperone.Contracts;

namespace Chaperone.Approval;

/// <summary>
/// A yes that holds for a while: further calls of the same person, client, session, server and tool pass without asking, whatever
/// their arguments. Another policy, rule, tool definition or session makes another key, so the grant ends with any of them.
/// </summary>
internal static class Grants
{
    /// <summary>Grants are for tools only.</summary>
    public const string Method = "tools/call";

    /// <summary>What calls under one grant have in common; SHA-256, lower-case hex.</summary>
    public static string Key(CallFacts call, DecisionFacts decision, string toolDefinitionDigest)
    {
        var who = call.Principal;
        string?[] parts =
        [
            who.Issuer, who.Subject, who.ClientId, call.SessionId.ToString("D"), call.Server, call.Method, call.Target,
            toolDefinitionDigest, decision.PolicyDigest, decision.Rule,
        ];
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(parts)));
    }

    /// <summary>Until when a yes given now holds: as long as everybody who said yes let it, at the least. Null: this call only.</summary>
    public static DateTimeOffset? Until(ApprovalCase about, DateTimeOffset now)
    {
        TimeSpan? shortest = about.Requirement.GrantUpTo;
        foreach (var vote in about.Votes.Where(v => v.Approve))
        {
            shortest = vote.GrantFor is { } window && shortest is { } most ? (window < most ? window : most) : null;
        }

        return shortest is { } length ? now + length : null;
    }

    /// <summary>Whether <paramref name="granting"/>, whose key fits, covers a call that is held under <paramref name="requirement"/> now: policy may ask more of this call than it asked of that one.</summary>
    public static bool Covers(ApprovalCase granting, ApprovalRequirement requirement, DateTimeOffset now) =>
        granting.GrantRuns(now)
        && requirement.GrantUpTo is { } most
        && now < granting.Votes.Where(v => v.Approve).Max(v => v.DecidedAt) + most
        && (granting.Requirement.ReasonRequired || !requirement.ReasonRequired);
}

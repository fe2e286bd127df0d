using System.Security.Cryptography;
using System.Text.Json;
using Chaperone.Contracts;

namespace Chaperone.Approval.Store;

/// <summary>Turns requests into rows with sealed columns, and back.</summary>
internal sealed class CaseCodec(StoreSeal seal)
{
    private const int LongestWords = 1000;

    public byte[] Facts(CaseDraft draft) =>
        Seal(new SealedFacts(draft.Call, draft.Decision, draft.Requirement, draft.ToolDefinitionDigest), "facts", Key(draft.Call.CallId));

    public byte[] Masked(CaseDraft draft) => seal.Seal(draft.MaskedRequest, "masked", Key(draft.Call.CallId));

    public byte[]? Verdict(ApprovalCase found) => found.DecidedBy is null
        ? null
        : Seal(new SealedVerdict(found.DecidedBy, found.Reason, found.GrantUntil, found.GrantId), "verdict", Key(found.Call.CallId));

    public byte[] Vote(long number, ApprovalVote vote) =>
        Seal(vote, "vote", VoteKey(number, vote.Decider.Issuer, vote.Decider.Subject));

    public byte[] Body<T>(T body, Guid eventId) => Seal(body, "outbox", Key(eventId));

    public T OpenBody<T>(byte[] body, string eventId) => Open<T>(body, "outbox", eventId);

    public byte[] OpenMasked(CaseRow row) => seal.Open(row.Masked, "masked", row.CallId);

    public ApprovalCase Read(CaseRow row, IEnumerable<VoteRow> votes)
    {
        var facts = Open<SealedFacts>(row.Facts, "facts", row.CallId);
        var verdict = row.Verdict is null ? null : Open<SealedVerdict>(row.Verdict, "verdict", row.CallId);
        return new ApprovalCase
        {
            Number = row.Number,
            Call = facts.Call,
            BindingDigest = row.Binding,
            ToolDefinitionDigest = facts.ToolDefinitionDigest,
            Decision = facts.Decision,
            Requirement = facts.Requirement,
            RequestedAt = Time(row.RequestedAt),
            ExpiresAt = Time(row.ExpiresAt),
            State = (ApprovalState)row.State,
            DecidedBy = verdict?.DecidedBy,
            Reason = verdict?.Reason,
            GrantUntil = verdict?.GrantUntil,
            GrantId = verdict?.GrantId,
            Votes = [.. votes.Select(v => Open<ApprovalVote>(v.Vote, "vote", VoteKey(v.Number, v.Issuer, v.Subject)))],
        };
    }

    public static string Key(Guid id) => id.ToString("D");

    public static long Millis(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    public static DateTimeOffset Time(long millis) => DateTimeOffset.FromUnixTimeMilliseconds(millis);

    /// <summary>What a search finds a request by. Not the target of anything but tools and prompts: a resource URI may name a patient.</summary>
    public static string Words(CaseDraft draft)
    {
        var call = draft.Call;
        var target = call.Method is "tools/call" or "prompts/get" ? call.Target : null;
        string?[] words =
        [
            call.Principal.Name, call.Principal.Email, call.Principal.Subject, call.Server, call.Method, target, draft.Decision.Rule,
        ];
        var text = string.Join(' ', words.Where(w => !string.IsNullOrEmpty(w))).ToLowerInvariant();
        return text.Length <= LongestWords ? text : text[..LongestWords];
    }

    /// <summary>What requests for the same operation have in common; SHA-256, lower-case hex. A resource's URI, which may name a patient, is left out.</summary>
    public static string Similar(CallFacts call)
    {
        var target = call.Method is "tools/call" or "prompts/get" ? call.Target : null;
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(new[] { call.Server, call.Method, target })));
    }

    private static string VoteKey(long number, string issuer, string subject) => $"{number}\n{issuer}\n{subject}";

    private byte[] Seal<T>(T value, string column, string row) =>
        seal.Seal(JsonSerializer.SerializeToUtf8Bytes(value), column, row);

    private T Open<T>(byte[] value, string column, string row) =>
        JsonSerializer.Deserialize<T>(seal.Open(value, column, row))
        ?? throw new InvalidDataException($"Column {column} of the approval store holds nothing.");

    private sealed record SealedFacts(CallFacts Call, DecisionFacts Decision, ApprovalRequirement Requirement, string ToolDefinitionDigest);

    private sealed record SealedVerdict(string DecidedBy, string? Reason, DateTimeOffset? GrantUntil = null, string? GrantId = null);
}

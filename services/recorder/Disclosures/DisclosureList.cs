using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Disclosures;

/// <summary>
/// Gathers what was handed out about one patient, call by call, from records told in order of index. What a call gave is counted
/// as given once its outcome says that it was answered, or that the client went away meanwhile: nobody knows what it read.
/// </summary>
internal sealed class DisclosureList(DateTimeOffset from, DateTimeOffset to)
{
    /// <summary>Calls in one list.</summary>
    public const int MostCalls = 2_000;

    private const int MostIncomplete = 500;
    private static readonly string[] Purposes = ["purpose_of_use", "purpose"];
    private static readonly string[] Organizations = ["organization", "organisation", "org_name", "organization_name"];

    private readonly Dictionary<Guid, Disclosure> _calls = [];
    private readonly HashSet<Guid> _nothing = [];
    private readonly List<long> _incomplete = [];

    /// <summary>True where there are more calls than one list holds.</summary>
    public bool More { get; private set; }

    /// <summary>One record that holds the patient's pseudonym, or (<see cref="PatientIdentifierClass.Unknown"/>) could not tell all.</summary>
    public void Take(long index, RecordEntry entry, IReadOnlyList<PatientHit> hits)
    {
        if (entry is not { Call: { } call, Outcome: { } outcome } || entry.OccurredAt < from || entry.OccurredAt >= to)
        {
            return;
        }

        var matched = hits.Where(h => h.Class != PatientIdentifierClass.Unknown).ToArray();
        var given = outcome.Status is OutcomeStatus.Answered or OutcomeStatus.Cancelled;
        if (matched.Length == 0)
        {
            if (given && _incomplete.Count < MostIncomplete)
            {
                _incomplete.Add(index);
            }
        }
        else if (!given)
        {
            _nothing.Add(call.CallId);
        }
        else if (_calls.TryGetValue(call.CallId, out var known))
        {
            _calls[call.CallId] = Join(known, Of(index, entry, call, outcome, matched));
        }
        else if (_calls.Count < MostCalls)
        {
            _calls.Add(call.CallId, Of(index, entry, call, outcome, matched));
        }
        else
        {
            More = true;
        }
    }

    /// <summary>What was found.</summary>
    public DisclosuresFound ToFound() => new()
    {
        Items = [.. _calls.Values.OrderBy(d => d.At).ThenBy(d => d.Index)],
        More = More,
        NothingGiven = _nothing.Count(id => !_calls.ContainsKey(id)),
        Incomplete = [.. _incomplete],
    };

    /// <summary>How identifiers of a class left under a decision.</summary>
    public static DisclosedForm FormOf(string type, DecisionFacts? decision) =>
        decision is null || decision.Exempt.Contains(type, StringComparer.OrdinalIgnoreCase) ? DisclosedForm.Clear : decision.Masking switch
        {
            "none" => DisclosedForm.Clear,
            "review" => DisclosedForm.Partly,
            "session" or "linked" => DisclosedForm.Token,
            _ => DisclosedForm.Masked,
        };

    private static Disclosure Of(long index, RecordEntry entry, CallFacts call, OutcomeFacts outcome, PatientHit[] matched) => new()
    {
        Index = index,
        At = entry.OccurredAt,
        CallId = call.CallId,
        SessionId = call.SessionId,
        Recipient = call.Principal,
        Organization = Claim(call.Principal, Organizations),
        ClientName = call.ClientName,
        RemoteAddress = call.RemoteAddress,
        Server = PlainNames.OrNull(call.Server) ?? "",
        Method = PlainNames.OrNull(call.Method) ?? "",
        Target = PlainNames.TargetOrNull(call.Method, call.Target),
        Matched = [.. matched.Select(h => h.Class.ToString().ToUpperInvariant()).Distinct().Order(StringComparer.Ordinal)],
        Asked = matched.Any(h => h.Place.HasFlag(PatientPlace.Request)),
        Answered = matched.Any(h => h.Place.HasFlag(PatientPlace.Answer)),
        Classes = [.. outcome.Findings.Select(f => new DisclosedClass { Type = f.Type, Count = f.Count, Form = FormOf(f.Type, entry.Decision) })],
        Purpose = Claim(call.Principal, Purposes),
        ApprovalId = outcome.ApprovalId,
        Rule = entry.Decision?.Rule,
    };

    // Events of one stream are one call.
    private static Disclosure Join(Disclosure known, Disclosure more) => known with
    {
        Matched = [.. known.Matched.Union(more.Matched).Order(StringComparer.Ordinal)],
        Asked = known.Asked || more.Asked,
        Answered = known.Answered || more.Answered,
        Classes =
        [
            .. known.Classes.Concat(more.Classes).GroupBy(c => (c.Type, c.Form)).OrderBy(g => g.Key.Type, StringComparer.Ordinal).ThenBy(g => g.Key.Form)
                .Select(g => new DisclosedClass { Type = g.Key.Type, Form = g.Key.Form, Count = g.Sum(c => c.Count) }),
        ],
        ApprovalId = known.ApprovalId ?? more.ApprovalId,
    };

    private static string? Claim(Principal person, string[] names) =>
        names.Select(name => person.Claims.FirstOrDefault(c => c.Name == name)).FirstOrDefault(c => c is { Values.Length: > 0 }) is { } claim ? string.Join(", ", claim.Values) : null;
}

namespace Chaperone.Policy.Documents;

/// <summary>How much a rule, or a server, lets pass; null where it does not say.</summary>
/// <param name="Name">What it is counted under: the rule, or <c>server:NAME</c>.</param>
/// <param name="Scope">Who and what is counted apart.</param>
/// <param name="CallsPerMinute">1 to 1,000,000.</param>
/// <param name="Concurrent">Calls under way at once, 1 to 10,000.</param>
/// <param name="RowsPerHour">Rows of what comes back.</param>
/// <param name="BytesPerHour">Bytes of what comes back.</param>
internal sealed record LimitTerms(string Name, LimitScope Scope, int? CallsPerMinute, int? Concurrent, int? RowsPerHour, long? BytesPerHour);

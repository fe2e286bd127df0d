namespace Chaperone.Approval;

/// <summary>What the link of a card stands for. It leads to a page; who may do what there is up to the page.</summary>
/// <param name="Id">One delivery of one card.</param>
/// <param name="Number">The request.</param>
/// <param name="Channel">How it reached the person: <c>teams</c> or <c>email</c>.</param>
/// <param name="ExpiresAt">When it is over.</param>
internal sealed record CardLink(string Id, long Number, string Channel, DateTimeOffset ExpiresAt);

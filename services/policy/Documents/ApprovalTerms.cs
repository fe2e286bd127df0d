namespace Chaperone.Policy.Documents;

/// <summary>Who has to say yes.</summary>
/// <param name="Role">A role of the file.</param>
/// <param name="Approvals">Distinct people, 1 to 10.</param>
/// <param name="Expires">How long the request stays open, 10 seconds to 24 hours.</param>
internal sealed record ApprovalTerms(string Role, int Approvals, TimeSpan Expires);

using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Reading;

/// <summary>What became of reading a policy file.</summary>
/// <param name="Document">The policy; null exactly when there are problems.</param>
/// <param name="Problems">All of them, in file order.</param>
internal sealed record PolicyReading(PolicyDocument? Document, IReadOnlyList<PolicyProblem> Problems);

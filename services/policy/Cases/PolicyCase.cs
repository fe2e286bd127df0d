using Chaperone.Contracts;
using Chaperone.Policy.Tools;

namespace Chaperone.Policy.Cases;

/// <summary>One case of a file of cases.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Call">The call.</param>
/// <param name="Message">Its JSON-RPC message.</param>
/// <param name="Tools">What the server's tools say of themselves.</param>
/// <param name="Counts">Where every counter of the session stands.</param>
/// <param name="BreakGlass">Whether the caller has a break-glass window open.</param>
/// <param name="Expected">What must come out; null where it does not matter.</param>
internal sealed record PolicyCase(string Name, CallFacts Call, byte[] Message, ToolBook Tools, int Counts, bool BreakGlass, CaseExpectation Expected);

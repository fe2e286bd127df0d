using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Policy.Documents;
using Chaperone.Policy.Reading;
using Chaperone.Policy.Versions;

namespace Chaperone.Policy.Cases;

/// <summary>
/// Lets people try policies beside the one in force. It shares a process with decisions, so one trial runs at a time, in short
/// steps, for <see cref="Longest"/> at most. Thread-safe.
/// </summary>
internal sealed class TrialDesk(VersionKeeper versions, IPayloadSeal seal, TimeProvider time)
{
    /// <summary>How long one trial may take: less than who asks waits.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(3);

    private int _running;

    /// <summary>Runs <paramref name="trial"/> off the caller's thread; null when another one is under way.</summary>
    public async Task<T?> RunAsync<T>(Func<TrialClock, Task<T>> trial, CancellationToken cancellationToken)
        where T : class
    {
        if (Interlocked.Exchange(ref _running, 1) == 1)
        {
            return null;
        }

        try
        {
            return await Task.Run(() => trial(new TrialClock(time, time.GetTimestamp())), cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    /// <summary>The policy that is meant; null when it is not kept or has problems, which are added to <paramref name="problems"/>.</summary>
    public PolicyDocument? Read(string? digest, SealedPayload? draft, Guid requestId, List<string> problems)
    {
        if (Find(digest, draft, requestId) is not { } bundle)
        {
            problems.Add("That version of the policy is not kept, or more than one begins so; choose another.");
            return null;
        }

        var reading = PolicyFile.Read(bundle);
        problems.AddRange(reading.Problems.Select(p => p.ToString()));
        return reading.Document;
    }

    /// <summary>The text that is sealed in <paramref name="payload"/>.</summary>
    public PolicySource Open(string name, SealedPayload payload, Guid requestId) => new(name, seal.Open(payload, requestId));

    /// <summary>What is said when another trial is under way.</summary>
    public static string Busy { get; } = "Somebody else has a policy tried at this moment; try again in a few seconds.";

    private PolicyBundle? Find(string? digest, SealedPayload? draft, Guid requestId)
    {
        if (draft is null)
        {
            return digest is null ? versions.InForce : versions.Find(digest);
        }

        // What it includes is there as it is in force.
        var main = Open(versions.InForce?.Main.Name ?? "policy.yaml", draft, requestId);
        return new PolicyBundle([main, .. versions.InForce?.Files.Skip(1) ?? []]);
    }
}

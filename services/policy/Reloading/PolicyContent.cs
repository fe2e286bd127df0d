using Chaperone.Bus.Signing;
using Chaperone.Policy.Reading;
using Chaperone.Policy.Versions;

namespace Chaperone.Policy.Reloading;

/// <summary>What a look at the policy's files found.</summary>
/// <param name="Mark">Equal for equal content; says what is wrong where there is none.</param>
/// <param name="Bundle">The files; null when the main one could not be read.</param>
/// <param name="Signature">The content of the file with its signatures; empty where there is none.</param>
internal sealed record PolicyContent(string Mark, PolicyBundle? Bundle, byte[] Signature)
{
    /// <summary>Whether nothing has changed since <paramref name="other"/>.</summary>
    public bool IsSame(PolicyContent? other) => other is not null && other.Mark == Mark && other.Signature.AsSpan().SequenceEqual(Signature);

    /// <summary>Looks at <paramref name="path"/> and what it includes.</summary>
    public static async Task<PolicyContent> LookAsync(string path, CancellationToken cancellationToken)
    {
        var bundle = await PolicyBundle.LoadAsync(path, cancellationToken);
        var signature = PolicySigners.Read(path);
        return bundle.Main.Fault is { } fault ? new PolicyContent(fault, null, signature) : new PolicyContent(bundle.Digest, bundle, signature);
    }

    /// <summary>Reads the policy in it.</summary>
    public PolicyReading Read(string path) => Bundle is null
        ? new PolicyReading(null, [new PolicyProblem(Path.GetFileName(path), 0, 0, string.Empty, $"{path} {Mark}", "create it and let this process read it, or set Policy:File")])
        : PolicyFile.Read(Bundle);

    /// <summary>As <see cref="Read(string)"/>, refusing a good policy that <paramref name="versions"/> want signed.</summary>
    public PolicyReading Read(string path, VersionKeeper versions)
    {
        var reading = Read(path);
        return reading.Document is not null && versions.RequiresSignature && versions.SignersOf(Bundle!, Signature).Count == 0
            ? new PolicyReading(null, [new PolicyProblem(Bundle!.Main.Name, 0, 0, string.Empty, "is not signed, with all that it includes, by one of Policy:TrustedSigners", $"sign it: chaperone policy sign {Bundle.Main.Name} --key KEY")])
            : reading;
    }
}

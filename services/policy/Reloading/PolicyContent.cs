using Chaperone.Policy.Reading;

namespace Chaperone.Policy.Reloading;

/// <summary>What a look at the policy's files found.</summary>
/// <param name="Mark">Equal for equal content; says what is wrong where there is none.</param>
/// <param name="Bundle">The files; null when the main one could not be read.</param>
internal sealed record PolicyContent(string Mark, PolicyBundle? Bundle)
{
    /// <summary>Looks at <paramref name="path"/> and what it includes.</summary>
    public static async Task<PolicyContent> LookAsync(string path, CancellationToken cancellationToken)
    {
        var bundle = await PolicyBundle.LoadAsync(path, cancellationToken);
        return bundle.Main.Fault is { } fault ? new PolicyContent(fault, null) : new PolicyContent(bundle.Digest, bundle);
    }

    /// <summary>Reads the policy in it.</summary>
    public PolicyReading Read(string path) => Bundle is null
        ? new PolicyReading(null, [new PolicyProblem(Path.GetFileName(path), 0, 0, string.Empty, $"{path} {Mark}", "create it and let this process read it, or set Policy:File")])
        : PolicyFile.Read(Bundle);
}

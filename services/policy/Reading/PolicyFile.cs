namespace Chaperone.Policy.Reading;

/// <summary>Reads policy files, strictly and whole: a policy with one problem is not used, and all its problems are told at once.</summary>
internal static class PolicyFile
{
    /// <summary>Largest file in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Reads <paramref name="bytes"/>, called <paramref name="file"/> in problems; nothing can be included.</summary>
    public static PolicyReading Read(string file, ReadOnlySpan<byte> bytes) => Read(new PolicyBundle([new PolicySource(file, bytes.ToArray())]));

    /// <summary>Reads a policy of one or more files.</summary>
    public static PolicyReading Read(PolicyBundle bundle)
    {
        var reader = new BundleReader(bundle);
        var document = reader.Read();
        var problems = reader.Problems;
        return new PolicyReading(problems.Count > 0 ? null : document, problems);
    }
}

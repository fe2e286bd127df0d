namespace Chaperone.Recorder.Evidence;

/// <summary>The verifiers that travel in each bundle, and how to use them.</summary>
internal static class EvidenceTools
{
    public static void Write(EvidenceFolder folder)
    {
        foreach (var path in (ReadOnlySpan<string>)[EvidencePaths.Script, EvidencePaths.Page, EvidencePaths.Readme])
        {
            using var stream = typeof(EvidenceTools).Assembly.GetManifestResourceStream($"evidence/{path}")
                ?? throw new InvalidOperationException($"The resource evidence/{path} was not built in.");
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            folder.Write(path, bytes.ToArray());
        }
    }
}

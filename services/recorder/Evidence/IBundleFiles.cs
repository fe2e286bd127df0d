namespace Chaperone.Recorder.Evidence;

/// <summary>The files of a bundle that is verified: a zip, or a folder it was unpacked to.</summary>
internal interface IBundleFiles : IDisposable
{
    /// <summary>All files, by their path in the bundle.</summary>
    IReadOnlyCollection<string> Paths { get; }

    /// <summary>Opens a file that is among <see cref="Paths"/>.</summary>
    /// <exception cref="InvalidDataException">Its place in the zip is damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    Stream Open(string path);
}

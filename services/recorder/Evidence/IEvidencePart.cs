namespace Chaperone.Recorder.Evidence;

/// <summary>Writes some members of a bundle from its records, told in order of index, each once. Owns no member after <see cref="Finish"/>.</summary>
internal interface IEvidencePart
{
    /// <summary>One record of the bundle.</summary>
    void Take(EvidenceRecord record);

    /// <summary>All records were told.</summary>
    void Finish();
}

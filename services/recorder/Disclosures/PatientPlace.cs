namespace Chaperone.Recorder.Disclosures;

/// <summary>Where an identifier stood.</summary>
[Flags]
internal enum PatientPlace
{
    /// <summary>Nowhere.</summary>
    None = 0,

    /// <summary>In the request.</summary>
    Request = 1,

    /// <summary>In the answer.</summary>
    Answer = 2,
}

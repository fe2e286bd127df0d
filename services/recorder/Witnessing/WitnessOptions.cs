namespace Chaperone.Recorder.Witnessing;

/// <summary>One witness under <c>Recorder:Witnesses</c> (C2SP tlog-witness): it cosigns checkpoints and refuses forks and rollbacks.</summary>
public sealed class WitnessOptions
{
    /// <summary>Submission prefix, e.g. <c>https://witness.compliance.example.org:8454</c>; <c>/add-checkpoint</c> is put behind it.</summary>
    public string Url { get; set; } = "";

    /// <summary>The witness's verifier key (name+hash+key, type 0x04), as it says when it starts.</summary>
    public string VerifierKey { get; set; } = "";

    /// <summary>PEM file with the only authorities to trust for its certificate; null for the system's.</summary>
    public string? CaFile { get; set; }

    /// <summary>True allows http to another machine, where the network itself is protected; default false. Cosignatures are signed either way.</summary>
    public bool AllowHttp { get; set; }
}

namespace Chaperone.Ledger;

/// <summary>The signature type byte of C2SP signed-note.</summary>
public enum SignatureType
{
    /// <summary>Ed25519 over the note text.</summary>
    Ed25519 = 0x01,

    /// <summary>Ed25519 over a time and a checkpoint (C2SP tlog-cosignature, cosignature/v1).</summary>
    CosignatureV1 = 0x04,
}

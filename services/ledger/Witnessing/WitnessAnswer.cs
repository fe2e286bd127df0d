namespace Chaperone.Ledger;

/// <summary>A witness's answer.</summary>
/// <param name="Verdict">What it says.</param>
/// <param name="Size">Size of the last checkpoint that it cosigned, after this answer; 0 for none.</param>
/// <param name="Signature">The cosignature; null unless cosigned.</param>
public sealed record WitnessAnswer(WitnessVerdict Verdict, long Size = 0, NoteSignature? Signature = null);

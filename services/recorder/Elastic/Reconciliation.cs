namespace Chaperone.Recorder.Elastic;

/// <summary>What counting found in the records looked at.</summary>
/// <param name="Missing">Documents that were not there, and were sent again.</param>
/// <param name="Doubled">Documents that are there twice, with the right hash.</param>
/// <param name="Foreign">Records with a document that is not the ledger's: each raised the alarm.</param>
internal sealed record Reconciliation(int Missing, int Doubled, int Foreign)
{
    public static readonly Reconciliation Clean = new(0, 0, 0);

    public static Reconciliation operator +(Reconciliation one, Reconciliation other) =>
        new(one.Missing + other.Missing, one.Doubled + other.Doubled, one.Foreign + other.Foreign);
}

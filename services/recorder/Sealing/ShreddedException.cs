using System.Security.Cryptography;

namespace Chaperone.Recorder.Sealing;

/// <summary>The key of this content was destroyed on purpose; that nobody can open it any more is as it should be.</summary>
internal sealed class ShreddedException() : CryptographicException(Sentence)
{
    /// <summary>What is said of it.</summary>
    public const string Sentence = "It was shredded: its key was destroyed by an order that the ledger holds.";
}

using System.Security.Cryptography;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Reviews;

/// <summary>What is sealed in the steps of reviews: people's words, and what plans search for. Thread-safe.</summary>
internal sealed class ReviewParts(ILedgerStore ledger, RecordOpener opener)
{
    /// <summary>What a reviewer wrote.</summary>
    public const string Words = "words";

    /// <summary>What a plan, and each of its runs, searches for; as <see cref="Chaperone.Contracts.MessageTerms"/>.</summary>
    public const string Terms = "terms";

    public static string MediaType(string part) => part == Terms ? "application/json" : "text/plain";

    /// <summary>A part of the record at this index; null where it has none, or it no longer opens: it was shredded, or the record is damaged, which verification names.</summary>
    public async ValueTask<byte[]?> ReadAsync(string part, long index, CancellationToken cancellationToken)
    {
        try
        {
            return await ledger.ReadRecordsAsync(index, 1, cancellationToken) is [{ Header: { } header, Object: { } sealedObject } record] && record.Leaf.Index == index
                ? opener.OpenPart(part, header, sealedObject)
                : null;
        }
        catch (Exception e) when (e is CryptographicException or InvalidDataException)
        {
            return null;
        }
    }
}

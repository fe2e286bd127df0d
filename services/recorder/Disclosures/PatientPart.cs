using Chaperone.Contracts;

namespace Chaperone.Recorder.Disclosures;

/// <summary>
/// The part <c>patients</c> of an outcome: keyed pseudonyms, which masking made, of the identifiers in a call. It is sealed with the
/// facts and not with the messages, so that it opens for as long as an accounting of disclosures may be asked for.
/// </summary>
internal sealed record PatientPart
{
    /// <summary>Name of the part.</summary>
    public const string Name = "patients";

    /// <summary>Bytes of a pseudonym.</summary>
    public const int MarkSize = 16;

    private const string MediaType = "application/vnd.chaperone.patients;v=1;key=";
    private const int HeadSize = 2;
    private const int RowSize = MarkSize + 2;

    private readonly byte[] _bytes;

    private PatientPart(string keyId, byte[] bytes)
    {
        KeyId = keyId;
        _bytes = bytes;
    }

    /// <summary>Stands for all that could not be told: no pseudonym is all zeros.</summary>
    public static ReadOnlyMemory<byte> Anybody { get; } = new byte[MarkSize];

    /// <summary>The masking key that wrote them.</summary>
    public string KeyId { get; }

    /// <summary>Bytes in memory.</summary>
    public int Size => _bytes.Length;

    private bool IsIncomplete => (_bytes[1] & 1) != 0;

    /// <summary>Reads the part.</summary>
    /// <exception cref="InvalidDataException">It is not of this version; the message holds nothing of it.</exception>
    public static PatientPart Read(string mediaType, ReadOnlySpan<byte> bytes) =>
        mediaType.StartsWith(MediaType, StringComparison.Ordinal) && mediaType.Length > MediaType.Length
        && bytes.Length >= HeadSize && bytes[0] == 1 && (bytes.Length - HeadSize) % RowSize == 0
            ? new PatientPart(mediaType[MediaType.Length..], bytes.ToArray())
            : throw new InvalidDataException($"The part '{Name}' is not of version 1.");

    /// <summary>Its pseudonyms; <see cref="Anybody"/> first where not all could be told.</summary>
    public IEnumerable<PatientMark> Rows()
    {
        if (IsIncomplete)
        {
            yield return new PatientMark(Anybody, PatientIdentifierClass.Unknown, PatientPlace.Answer);
        }

        for (var at = HeadSize; at < _bytes.Length; at += RowSize)
        {
            yield return new PatientMark(_bytes.AsMemory(at, MarkSize), ClassOf(_bytes[at + MarkSize]), (PatientPlace)_bytes[at + MarkSize + 1]);
        }
    }

    /// <summary>The class of a number; a newer one is unknown.</summary>
    public static PatientIdentifierClass ClassOf(int number) => Enum.IsDefined((PatientIdentifierClass)number) ? (PatientIdentifierClass)number : PatientIdentifierClass.Unknown;

    /// <summary>A month (UTC) as a number that grows by one.</summary>
    public static int MonthOf(DateTimeOffset at) => (at.UtcDateTime.Year * 12) + at.UtcDateTime.Month - 1;
}

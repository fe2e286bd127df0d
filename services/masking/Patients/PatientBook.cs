using Chaperone.Contracts;

namespace Chaperone.Masking.Patients;

/// <summary>
/// Identifiers of one call by which its patients are found again, each once: gathered while the call's request and answer are masked
/// for the record, written as pseudonyms, and forgotten. Not thread-safe; one per call.
/// </summary>
internal sealed class PatientBook(PatientKeys keys)
{
    /// <summary>Identifiers of one call; an answer with more is recorded as one in which not all could be told.</summary>
    public const int Most = 200_000;

    /// <summary>Name of the part of a record.</summary>
    public const string PartName = "patients";

    private const byte Version = 1;
    private const byte IncompleteFlag = 1;
    private const int HeadSize = 2;
    private const int RowSize = PatientKeys.MarkSize + 2;

    private readonly Dictionary<(Identifier Identifier, string Spelling), Where> _found = [];

    /// <summary>What is being read.</summary>
    public bool ReadsRequest { get; set; }

    /// <summary>True where there may be identifiers that are not in the book.</summary>
    public bool IsIncomplete { get; set; }

    /// <summary>Media type of what <see cref="Write"/> writes; names the key.</summary>
    public string MediaType => $"application/vnd.chaperone.patients;v=1;key={keys.Ids[0]}";

    [Flags]
    private enum Where : byte
    {
        Request = 1,
        Answer = 2,
    }

    /// <summary>Takes what was found, if it is of a class by which patients are found.</summary>
    public void Add(Identifier identifier, ReadOnlySpan<char> value)
    {
        if (KindOf(ClassOf(identifier)) is not { } kind || PatientKeys.Spelling(kind, value) is not { } spelling)
        {
            return;
        }

        var where = ReadsRequest ? Where.Request : Where.Answer;
        if (_found.TryGetValue((identifier, spelling), out var known))
        {
            _found[(identifier, spelling)] = known | where;
        }
        else if (_found.Count < Most)
        {
            _found.Add((identifier, spelling), where);
        }
        else
        {
            IsIncomplete = true;
        }
    }

    /// <summary>
    /// The part's bytes: version 1, flags (1: not all identifiers could be told), then for each identifier 16 bytes of pseudonym, its
    /// <see cref="PatientIdentifierClass"/>, and where it stood (1 request, 2 answer, 3 both), in order of bytes; null where there is nothing to say.
    /// </summary>
    public byte[]? Write()
    {
        if (_found.Count == 0 && !IsIncomplete)
        {
            return null;
        }

        var rows = new List<byte[]>(_found.Count);
        foreach (var ((identifier, spelling), where) in _found)
        {
            rows.Add([.. keys.Write(KindOf(ClassOf(identifier))!.Value, spelling), (byte)ClassOf(identifier), (byte)where]);
        }

        // In the order of the pseudonyms nothing is left of the order of the answer.
        rows.Sort(static (a, b) => a.AsSpan().SequenceCompareTo(b));
        var bytes = new byte[HeadSize + (rows.Count * RowSize)];
        bytes[0] = Version;
        bytes[1] = IsIncomplete ? IncompleteFlag : (byte)0;
        for (var i = 0; i < rows.Count; i++)
        {
            rows[i].CopyTo(bytes, HeadSize + (i * RowSize));
        }

        return bytes;
    }

    private static PatientIdentifierClass ClassOf(Identifier identifier) => identifier switch
    {
        Identifier.Mrn => PatientIdentifierClass.Mrn,
        Identifier.Ssn => PatientIdentifierClass.Ssn,
        Identifier.Plan => PatientIdentifierClass.Plan,
        Identifier.Account => PatientIdentifierClass.Account,
        Identifier.License => PatientIdentifierClass.License,
        Identifier.Id => PatientIdentifierClass.Id,
        Identifier.Phone => PatientIdentifierClass.Phone,
        Identifier.Fax => PatientIdentifierClass.Fax,
        Identifier.Email => PatientIdentifierClass.Email,
        _ => PatientIdentifierClass.Unknown,
    };

    // Which number it is may be read otherwise in another message, so all numbers are one kind.
    private static PatientIdentifierKind? KindOf(PatientIdentifierClass known) => known switch
    {
        PatientIdentifierClass.Unknown => null,
        PatientIdentifierClass.Phone or PatientIdentifierClass.Fax => PatientIdentifierKind.Phone,
        PatientIdentifierClass.Email => PatientIdentifierKind.Email,
        _ => PatientIdentifierKind.Number,
    };
}

namespace Chaperone.Masking.Patients;

/// <summary>The part of a record by which its patients are found.</summary>
internal sealed record RecordPatients(string MediaType, byte[] Bytes)
{
    /// <summary>What a book says; null where it says nothing.</summary>
    public static RecordPatients? Of(PatientBook? book) => book?.Write() is { } bytes ? new RecordPatients(book.MediaType, bytes) : null;
}

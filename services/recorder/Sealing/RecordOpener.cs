using System.Security.Cryptography;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Recorder.Disclosures;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Store;

namespace Chaperone.Recorder.Sealing;

/// <summary>Reads a kept record back with the record keys. Thread-safe.</summary>
internal sealed class RecordOpener(Keyring keyring)
{
    /// <summary>The record's facts and its searchable (masked) parts in clear; other parts stay sealed. Parts that were shredded are left out.</summary>
    /// <exception cref="ShreddedException">The facts themselves were shredded.</exception>
    /// <exception cref="CryptographicException">Altered, or the key is missing.</exception>
    /// <exception cref="InvalidDataException">Header or facts cannot be read.</exception>
    public OpenedRecord Open(byte[] header, byte[] sealedObject)
    {
        var read = RecordHeader.Read(header);
        var keys = keyring.ForOpening(read);
        var facts = OpenFacts(read, header, sealedObject, keys);
        if (!keys.HasBody)
        {
            return new OpenedRecord(facts, []) { IsShredded = true, Patients = OpenPatients(read, header, sealedObject, keys) };
        }

        var parts = read.Parts
            .Where(p => p.Searchable)
            .Select(p => new OpenedPart(p.Name, p.MediaType, RecordObject.Open(p.Name, read, header, sealedObject, keys)!))
            .ToArray();
        return new OpenedRecord(facts, parts) { Patients = OpenPatients(read, header, sealedObject, keys) };
    }

    /// <summary>As <see cref="Open"/>; null where the record cannot be opened, and then <paramref name="problem"/> says why.</summary>
    public OpenedRecord? TryOpen(StoredRecord record, out string problem)
    {
        problem = "The record is gone.";
        try
        {
            return record is { Header: { } header, Object: { } sealedObject } ? Open(header, sealedObject) : null;
        }
        catch (Exception e) when (e is CryptographicException or InvalidDataException)
        {
            problem = e.Message;
            return null;
        }
    }

    /// <summary>The record's facts alone: nothing of the messages is opened.</summary>
    /// <exception cref="CryptographicException">Altered, or the key is missing.</exception>
    /// <exception cref="InvalidDataException">Header or facts cannot be read.</exception>
    public RecordEntry OpenFacts(byte[] header, byte[] sealedObject)
    {
        var read = RecordHeader.Read(header);
        return OpenFacts(read, header, sealedObject, keyring.ForOpening(read));
    }

    /// <summary>One part in clear, masked or not; null when the record has none of that name.</summary>
    /// <exception cref="CryptographicException">Altered, or the key is missing.</exception>
    public byte[]? OpenPart(string name, byte[] header, byte[] sealedObject)
    {
        var read = RecordHeader.Read(header);
        return RecordObject.Open(name, read, header, sealedObject, keyring.ForOpening(read));
    }

    /// <summary>By whose pseudonyms the record is found; null where it has none. Nothing of the messages is opened.</summary>
    /// <exception cref="CryptographicException">Altered, or the key is missing.</exception>
    /// <exception cref="InvalidDataException">It cannot be read.</exception>
    public PatientPart? OpenPatients(byte[] header, byte[] sealedObject)
    {
        var read = RecordHeader.Read(header);
        return OpenPatients(read, header, sealedObject, keyring.ForOpening(read));
    }

    private static PatientPart? OpenPatients(RecordHeader read, byte[] header, byte[] sealedObject, PartKeys keys) =>
        read.Parts.FirstOrDefault(p => p.Name == PatientPart.Name) is { } part
            ? PatientPart.Read(part.MediaType, RecordObject.Open(PatientPart.Name, read, header, sealedObject, keys)!)
            : null;

    private static RecordEntry OpenFacts(RecordHeader read, byte[] header, byte[] sealedObject, PartKeys keys)
    {
        var facts = RecordObject.Open(RecordSealer.FactsPart, read, header, sealedObject, keys)
            ?? throw new InvalidDataException("The record has no facts.");
        try
        {
            return JsonSerializer.Deserialize(facts, FactsJson.Default.RecordEntry) ?? throw new InvalidDataException("The record's facts are empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("The record's facts cannot be read.", e);
        }
    }

    /// <summary>Names of the parts that <see cref="Open"/> leaves sealed.</summary>
    /// <exception cref="InvalidDataException">The header cannot be read.</exception>
    public static string[] SealedParts(byte[] header) =>
        [.. RecordHeader.Read(header).Parts.Where(IsReadable).Select(p => p.Name)];

    /// <summary>True for a part that holds a message that a person may be shown.</summary>
    public static bool IsReadable(RecordHeader.PartDescription part) => !part.Searchable && part.Name is not (RecordSealer.FactsPart or PatientPart.Name);
}

/// <summary>A record in clear: its facts without parts, and its masked parts.</summary>
internal sealed record OpenedRecord(RecordEntry Entry, IReadOnlyList<OpenedPart> Parts)
{
    /// <summary>True when its messages were shredded: the facts alone are left.</summary>
    public bool IsShredded { get; init; }

    /// <summary>By whose pseudonyms it is found; null where it has none.</summary>
    public PatientPart? Patients { get; init; }
}

/// <summary>One masked part in clear.</summary>
internal sealed record OpenedPart(string Name, string MediaType, byte[] Content);

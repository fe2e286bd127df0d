using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Ledger;
using Chaperone.Recorder.Disclosures;
using Chaperone.Recorder.Keys;

namespace Chaperone.Recorder.Sealing;

/// <summary>
/// Turns a record as it came over the bus into what the ledger keeps, and back. The bus key opens it, the record keys seal
/// it for ever; the whole facts are sealed too (part <c>facts</c>), and only PHI-free ones stand in clear. Thread-safe.
/// </summary>
internal sealed class RecordSealer(IPayloadSeal bus, Keyring keyring)
{
    /// <summary>Name of the part that holds the record's facts as JSON.</summary>
    public const string FactsPart = "facts";

    private const int MostParts = 16;

    private static readonly SearchValues<char> NameCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.");

    /// <summary>Seals <paramref name="entry"/> for the ledger.</summary>
    /// <param name="entry">The record.</param>
    /// <param name="carried">How the log before was closed, for the record that is the first of a later log; null for every other.</param>
    /// <exception cref="CryptographicException">A part does not open: altered, of another record, or under an unknown key.</exception>
    /// <exception cref="System.Data.Common.DbException">A key that is needed cannot be read or kept.</exception>
    /// <exception cref="InvalidDataException">The record breaks a rule of the contract (edge name, numbers, part names, size).</exception>
    public SealedRecord Seal(RecordEntry entry, CarryOver? carried = null)
    {
        Check(entry);
        var withoutParts = entry with { Parts = [] };
        var facts = JsonSerializer.SerializeToUtf8Bytes(withoutParts, FactsJson.Default.RecordEntry);
        var parts = new List<byte[]>(entry.Parts.Length + 1) { facts };
        PatientPart? patients = null;
        var searchable = new List<OpenedPart>(entry.Parts.Length);
        var sealable = new List<byte[]>(parts.Capacity);
        var descriptions = new List<RecordHeader.PartDescription>(parts.Capacity);
        Describe(FactsPart, "application/json", false, facts);
        foreach (var part in entry.Parts)
        {
            var plaintext = bus.Open(part.Content, entry.EventId);
            parts.Add(plaintext);
            patients = part.Name == PatientPart.Name ? PatientPart.Read(part.MediaType, plaintext) : patients;
            if (part.Searchable)
            {
                searchable.Add(new OpenedPart(part.Name, part.MediaType, plaintext));
            }

            Describe(part.Name, part.MediaType, part.Searchable, plaintext);
        }

        var (keyId, keys) = keyring.ForSealing(entry.Call);
        var header = new RecordHeader { EventId = entry.EventId, KeyId = keyId, SessionId = entry.Call?.SessionId, Parts = descriptions };
        var headerBytes = RecordHeader.Write(entry, keyId, descriptions);
        var sealedObject = RecordObject.Seal(sealable, header, headerBytes, keys);
        var commitment = RecordObject.Commit(parts, keys.ForCommitment(entry.EventId));
        for (var i = 0; i < parts.Count; i++)
        {
            // What is searchable is masked, and the search reads it next.
            if (!descriptions[i].Searchable)
            {
                CryptographicOperations.ZeroMemory(parts[i]);
                CryptographicOperations.ZeroMemory(sealable[i]);
            }
        }

        var leaf = LeafFormat.Write(entry, commitment, SHA256.HashData(sealedObject), SHA256.HashData(headerBytes), carried);
        return new SealedRecord
        {
            EventId = entry.EventId,
            Kind = entry.Kind,
            SessionId = entry.Call?.SessionId,
            Stamp = entry.Stamp,
            Opened = new OpenedRecord(withoutParts, searchable) { Patients = patients },
            Leaf = leaf,
            LeafHash = Rfc6962.HashLeaf(leaf),
            Header = headerBytes,
            Object = sealedObject,
        };

        void Describe(string name, string mediaType, bool isSearchable, byte[] plaintext)
        {
            var packed = PackedPart.Pack(plaintext);
            sealable.Add(packed ?? plaintext);
            descriptions.Add(new RecordHeader.PartDescription(name, mediaType, isSearchable, plaintext.Length, packed?.Length));
        }
    }

    private static void Check(RecordEntry entry)
    {
        if (entry.EventId == Guid.Empty || !Enum.IsDefined(entry.Kind))
        {
            throw new InvalidDataException("The record has no event id, or an unknown kind.");
        }

        if (entry.Stamp is { } stamp && (!IsName(stamp.Edge) || stamp.Number < 1 || stamp.Epoch < 0))
        {
            throw new InvalidDataException("The record's edge stamp is malformed.");
        }

        if (entry.Parts.Length > MostParts || !ArePlain(entry.Parts))
        {
            throw new InvalidDataException("The record's parts are malformed.");
        }
    }

    private static bool ArePlain(RecordPart[] parts)
    {
        for (var i = 0; i < parts.Length; i++)
        {
            var name = parts[i].Name;
            if (!IsName(name) || name == FactsPart || parts[i].MediaType.Length > 128)
            {
                return false;
            }

            for (var before = 0; before < i; before++)
            {
                if (parts[before].Name == name)
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool IsName(string name) => name.Length is > 0 and <= 64 && !name.AsSpan().ContainsAnyExcept(NameCharacters);
}

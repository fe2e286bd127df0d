using System.Security.Cryptography;
using System.Text.Json;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;

namespace Chaperone.Masking.Patients;

/// <summary>Answers <see cref="NamePatient"/>; nothing of the identifier is kept or logged.</summary>
internal sealed class NamePatientDoor(PatientKeys keys, IPayloadSeal seal) : IDoor<NamePatient, PatientNamed>
{
    private const int Longest = 256;

    public ValueTask<PatientNamed> AnswerAsync(NamePatient request, CancellationToken cancellationToken)
    {
        var bytes = seal.Open(request.Identifier, request.RequestId);
        var identifier = JsonSerializer.Deserialize<PatientIdentifier>(bytes)!;
        CryptographicOperations.ZeroMemory(bytes);
        if (!Enum.IsDefined(identifier.Kind) || identifier.Value.Length > Longest)
        {
            return ValueTask.FromResult(new PatientNamed { Problem = $"The identifier has {identifier.Value.Length} characters, or is of an unknown kind: give at most {Longest}." });
        }

        return ValueTask.FromResult(keys.Of(identifier) is { } marks
            ? new PatientNamed { Marks = seal.Seal(marks.SelectMany(m => m).ToArray(), request.RequestId), KeyIds = [.. keys.Ids] }
            : new PatientNamed { Problem = "The identifier has no letter and no digit other than 0: nobody is found by it." });
    }
}

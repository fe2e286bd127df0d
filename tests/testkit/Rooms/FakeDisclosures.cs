using System.Text.Json;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;

namespace Chaperone.TestKit.Rooms;

internal sealed class FakeDisclosures(FakeRooms rooms, IPayloadSeal seal) : IDoor<NamePatient, PatientNamed>, IDoor<FindDisclosures, DisclosuresFound>
{
    public ValueTask<PatientNamed> AnswerAsync(NamePatient request, CancellationToken cancellationToken)
    {
        rooms.Patients.Enqueue(JsonSerializer.Deserialize<PatientIdentifier>(seal.Open(request.Identifier, request.RequestId))!);
        return ValueTask.FromResult(new PatientNamed { Marks = seal.Seal(new byte[16], request.RequestId), KeyIds = ["k1"] });
    }

    public ValueTask<DisclosuresFound> AnswerAsync(FindDisclosures request, CancellationToken cancellationToken)
    {
        rooms.Questions.Enqueue(request);
        return rooms.RecorderAway ? throw new IOException("secret detail of the recorder") : ValueTask.FromResult(rooms.Disclosures);
    }
}

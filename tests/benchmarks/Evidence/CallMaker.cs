using System.Globalization;
using System.Text;
using Chaperone.Benchmarks.Search;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;

namespace Chaperone.Benchmarks.Evidence;

/// <summary>Makes the two records of a call as the rooms leave them: the intent with the request, and the outcome with request and answer as masked. The answer is rows of a clinic; the same number makes the same call, but for ids and keys.</summary>
internal sealed class CallMaker(IPayloadSeal seal, int answerBytes)
{
    private static readonly string[] Wards = ["4 West", "ICU", "Maternity", "Cardiology", "Oncology", "Emergency"];
    private static readonly string[] States = ["admitted", "discharged", "transferred", "observed", "waiting for results"];
    private static readonly string[] Findings = ["Hypertension, well controlled", "Type 2 diabetes with neuropathy", "Community-acquired pneumonia", "Atrial fibrillation", "Asthma, mild persistent", "Iron deficiency anaemia"];

    private readonly Guid _session = Guid.CreateVersion7();

    public (RecordEntry Intent, RecordEntry Outcome) Make(long number)
    {
        var now = TimeProvider.System.GetUtcNow();
        var call = new CallFacts
        {
            CallId = Guid.CreateVersion7(now),
            SessionId = _session,
            Principal = new Principal { Issuer = "https://issuer.example", Subject = "person-7", Name = "Person Seven", Groups = ["clinicians"], ClientId = "agent" },
            ClientName = "Clinic Agent",
            ClientVersion = "1.4.0",
            ProtocolVersion = "2025-11-25",
            Server = "clinic",
            Method = "tools/call",
            Target = "query_patients",
            RequestId = number.ToString(CultureInfo.InvariantCulture),
            ReceivedAt = now,
        };
        var decision = new DecisionFacts { Effect = CallEffect.Allow, Rule = "clinicians-read", PolicyDigest = new string('a', 64), Reason = "Clinicians may read.", Masking = "safe-harbor" };
        var request = Encoding.UTF8.GetBytes($$$$"""{"jsonrpc":"2.0","id":{{{{number}}}},"method":"tools/call","params":{"name":"query_patients","arguments":{"sql":"SELECT id, name, ward, status FROM patients WHERE ward = '{{{{Wards[number % Wards.Length]}}}}' ORDER BY admitted DESC LIMIT 20","reason":"round of {{{{number % 24}}}}:00"}}}""");
        var intent = new RecordEntry
        {
            EventId = Guid.CreateVersion7(now),
            Kind = RecordKind.Intent,
            OccurredAt = now,
            Source = "policy",
            Call = call,
            Decision = decision,
        };
        var outcome = intent with
        {
            EventId = Guid.CreateVersion7(now),
            Kind = RecordKind.Outcome,
            Source = "masking",
            Outcome = new OutcomeFacts
            {
                Status = OutcomeStatus.Answered,
                HttpStatus = 200,
                UpstreamMilliseconds = 12.5,
                UpstreamBytes = answerBytes,
                Findings = [new MaskFinding { Type = "NAME", Count = 4 }, new MaskFinding { Type = "MRN", Count = 4 }],
                Places = [new MaskPlace { Path = "result.content[].text>[].name", Type = "NAME", Rule = "key", Count = 4, Confidence = 100 }, new MaskPlace { Path = "result.content[].text>[].mrn", Type = "MRN", Rule = "key", Count = 4, Confidence = 100 }],
            },
        };
        return (
            intent with { Parts = [Part("request_raw", false, request, intent.EventId)] },
            outcome with { Parts = [Part("response_masked", true, Answer(number), outcome.EventId), Part("request_masked", true, request, outcome.EventId)] });
    }

    private RecordPart Part(string name, bool searchable, byte[] content, Guid eventId) =>
        new() { Name = name, MediaType = "application/json", Searchable = searchable, Content = seal.Seal(content, eventId) };

    private byte[] Answer(long number)
    {
        var drawn = (ulong)number << 24;
        var text = new StringBuilder(answerBytes + 256).Append("""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"[""");
        while (text.Length < answerBytes - 8)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""{\"mrn\":\"[MRN]\",\"name\":\"[NAME]\",\"ward\":\"{{Pick(Wards)}}\",\"bed\":{{1 + Draw(39)}},\"status\":\"{{Pick(States)}}\",\"finding\":\"{{Pick(Findings)}}\",\"heart_rate\":{{50 + Draw(80)}},\"potassium\":{{3.5 + (Draw(200) / 100.0):0.00}},\"order\":\"{{Draw(int.MaxValue):x8}}\"},""");
        }

        return Encoding.UTF8.GetBytes(text.Append("""]"}]}}""").ToString());

        string Pick(string[] of) => of[Draw(of.Length)];

        int Draw(int below) => (int)(MessageMaker.Mix(drawn++) % (ulong)below);
    }
}

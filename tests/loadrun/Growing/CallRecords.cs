using System.Security.Cryptography;
using System.Text;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;

namespace Chaperone.LoadRun.Growing;

/// <summary>Records as calls leave them, to fill a ledger faster than calls would: forty calls a session, two hundred people, about thirty words each.</summary>
internal static class CallRecords
{
    private const int CallsInSession = 40;
    private const int People = 200;
    private const int Words = 30;
    private const int Vocabulary = 20_000;

    private static readonly Guid[] Sessions = [.. Enumerable.Range(0, 1024).Select(_ => Guid.CreateVersion7())];

    public static RecordEntry Make(int number, IPayloadSeal seal, TimeProvider time)
    {
        var (id, now) = (Guid.CreateVersion7(), time.GetUtcNow());
        var text = new StringBuilder("""{"content":[{"type":"text","text":"patient [NAME]""");
        for (var i = 0; i < Words; i++)
        {
            // Zipf with exponent one: the rank is the size of the vocabulary to the power of an even draw.
            text.Append(" word").Append((int)Math.Pow(Vocabulary, RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue));
        }

        text.Append("\"}]}");
        return new RecordEntry
        {
            EventId = id,
            Kind = RecordKind.Outcome,
            OccurredAt = now,
            Source = "masking",
            Call = new CallFacts
            {
                CallId = id,
                SessionId = Sessions[number / CallsInSession % Sessions.Length],
                Principal = new Principal { Issuer = "https://issuer.example", Subject = $"person-{number / CallsInSession % People}", Name = "Person", Groups = ["clinicians"], ClientId = "agent" },
                ClientName = "Agent",
                ProtocolVersion = "2025-11-25",
                Server = $"server-{number % 5}",
                Method = "tools/call",
                Target = $"tool_{number % 20}",
                ReceivedAt = now,
            },
            Decision = new DecisionFacts { Effect = CallEffect.Allow, Rule = $"rule-{number % 30}", PolicyDigest = new string('a', 64), Reason = "By rule.", Masking = "safe-harbor" },
            Outcome = new OutcomeFacts { Status = OutcomeStatus.Answered, HttpStatus = 200, UpstreamMilliseconds = 20, UpstreamBytes = 400, Findings = [new MaskFinding { Type = "NAME", Count = 1 }] },
            Parts = [new RecordPart { Name = "response_masked", MediaType = "application/json", Searchable = true, Content = seal.Seal(Encoding.UTF8.GetBytes(text.ToString()), id) }],
        };
    }
}

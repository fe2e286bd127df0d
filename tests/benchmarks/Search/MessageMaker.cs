using System.Text;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;

namespace Chaperone.Benchmarks.Search;

/// <summary>Makes messages as a clinic's agents leave them: one person in two hundred, one tool in twenty, about thirty words by Zipf's law. The same number makes the same message.</summary>
internal sealed class MessageMaker(IPayloadSeal seal)
{
    /// <summary>In every message.</summary>
    public const string Common = "patient";

    /// <summary>In one message of a hundred thousand.</summary>
    public const string Rare = "zebrafish";

    /// <summary>In every second message, and never beside <see cref="Other"/>.</summary>
    public const string One = "ambulatory";

    /// <summary>In every other second message.</summary>
    public const string Other = "inpatient";

    private const int WordsInAll = 20_000;
    private const int WordsInOne = 30;
    private const int CallsInSession = 40;

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>When message <paramref name="number"/> happened: one in 20 seconds.</summary>
    public static DateTimeOffset At(long number) => Start.AddSeconds(20 * number);

    public RecordEntry Make(long number)
    {
        var at = At(number);
        var id = Id(1, number);
        var person = number / CallsInSession % 200;
        var text = new StringBuilder($$"""{"content":[{"type":"text","text":"{{Common}} [NAME] {{(number % 2 == 0 ? One : Other)}}{{(number % 100_000 == 77 ? $" {Rare}" : "")}}""");
        for (var i = 0; i < WordsInOne; i++)
        {
            text.Append(' ').Append(Word(number, i));
        }

        text.Append("\"}]}");
        return new RecordEntry
        {
            EventId = id,
            Kind = RecordKind.Outcome,
            OccurredAt = at,
            Source = "masking",
            Call = new CallFacts
            {
                CallId = id,
                SessionId = Id(2, number / CallsInSession),
                Principal = new Principal { Issuer = "https://issuer.example", Subject = $"person-{person}", Name = $"Person {person}", Groups = ["clinicians"], ClientId = "agent" },
                ClientName = "Clinic Agent",
                ProtocolVersion = "2026-07-28",
                Server = $"server-{number % 5}",
                Method = "tools/call",
                Target = $"tool_{number % 20}",
                ReceivedAt = at.AddMilliseconds(-30),
            },
            Decision = new DecisionFacts { Effect = number % 50 == 0 ? CallEffect.Deny : CallEffect.Allow, Rule = $"rule-{number % 30}", PolicyDigest = new string('a', 64), Reason = "By rule.", Masking = "safe-harbor" },
            Outcome = new OutcomeFacts { Status = OutcomeStatus.Answered, HttpStatus = 200, UpstreamMilliseconds = 20, UpstreamBytes = 400, Findings = [new MaskFinding { Type = number % 7 == 0 ? "SSN" : "NAME", Count = 1 }] },
            Parts = [new RecordPart { Name = "response_masked", MediaType = "application/json", Searchable = true, Content = seal.Seal(Encoding.UTF8.GetBytes(text.ToString()), id) }],
        };
    }

    // Zipf with exponent one: the rank is the size of the vocabulary to the power of an even draw.
    private static string Word(long number, int place)
    {
        var draw = Mix((ulong)((number * WordsInOne) + place)) / (double)ulong.MaxValue;
        var word = new StringBuilder();
        for (var rank = (ulong)Math.Pow(WordsInAll, draw) + 26; rank > 0; rank /= 26)
        {
            word.Append((char)('a' + (rank % 26)));
        }

        return word.Append("um").ToString();
    }

    private static Guid Id(int kind, long number)
    {
        var bytes = Guid.CreateVersion7(Start).ToByteArray(bigEndian: true);
        BitConverter.TryWriteBytes(bytes.AsSpan(8), Mix((ulong)number));
        bytes[6] = (byte)(0x70 | kind);
        bytes[7] = (byte)kind;
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3f));
        return new Guid(bytes, bigEndian: true);
    }

    /// <summary>A number that looks drawn, always the same for the same <paramref name="value"/>.</summary>
    internal static ulong Mix(ulong value)
    {
        value = (value + 1) * 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}

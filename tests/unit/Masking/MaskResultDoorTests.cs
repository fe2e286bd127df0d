using System.Text;
using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Contracts;
using Chaperone.Masking.Patients;

namespace Chaperone.Masking.Tests;

/// <summary>An answer means that the outcome is durable, and nothing in the record is raw (invariants 1 and 4).</summary>
public sealed class MaskResultDoorTests
{
    private const string Response = """{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"MRN: 44321 of Dr. Oyelaran"}]}}""";
    private const string Request = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"find","arguments":{"text":"ask Oyelaran"}}}""";

    private readonly PlainSeal _seal = new();
    private readonly Journal _journal = new();

    [Theory]
    [InlineData("safe-harbor", false)]
    [InlineData("no-such-profile", false)]
    [InlineData("none", true)]
    public async Task Answer_IsRecordedMaskedWhateverTheProfile(string profile, bool raw)
    {
        var answer = await Door().AnswerAsync(Message(MaskPurpose.Answer, profile), TestContext.Current.CancellationToken);

        var record = Assert.Single(_journal.Entries);
        Assert.Equal(RecordKind.Outcome, record.Kind);
        Assert.Equal(record.Stamp!.EventId, record.EventId);
        Assert.Equal([("response_masked", true), ("request_masked", true), ("patients", false)], record.Parts.Select(p => (p.Name, p.Searchable)));
        foreach (var part in record.Parts)
        {
            var text = Encoding.UTF8.GetString(_seal.Open(part.Content, record.EventId));
            Assert.DoesNotContain("44321", text, StringComparison.Ordinal);
            Assert.DoesNotContain("Oyelaran", text, StringComparison.Ordinal);
        }

        Assert.Contains(record.Outcome!.Findings, f => f.Type == "MRN");
        Assert.Equal(MaskDisposition.Released, answer.Disposition);
        Assert.Equal(raw, Encoding.UTF8.GetString(_seal.Open(answer.Payload, answer.CallId)) == Response);
    }

    [Theory]
    [InlineData("safe-harbor")]
    [InlineData("review")]
    [InlineData("none")]
    public async Task Display_WhateverTheRuleShows_IsMaskedAndNotRecorded(string profile)
    {
        var answer = await Door().AnswerAsync(Message(MaskPurpose.Display, profile) with { Outcome = null }, TestContext.Current.CancellationToken);

        Assert.Empty(_journal.Entries);
        Assert.DoesNotContain("44321", Encoding.UTF8.GetString(_seal.Open(answer.Payload, answer.CallId)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Journal_ThatFails_KeepsTheAnswerBack()
    {
        _journal.Broken = true;

        await Assert.ThrowsAsync<BusUnavailableException>(async () => await Door().AnswerAsync(Message(MaskPurpose.Event, "none"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Payload_ThatIsEmpty_IsRecordedWithoutAPart()
    {
        var message = Message(MaskPurpose.Answer, "safe-harbor") with { Request = null };
        message = message with { Payload = _seal.Seal([], message.Call.CallId) };

        var answer = await Door().AnswerAsync(message, TestContext.Current.CancellationToken);

        Assert.Empty(_seal.Open(answer.Payload, answer.CallId));
        Assert.Empty(Assert.Single(_journal.Entries).Parts);
    }

    [Fact]
    public async Task Payload_ThatCannotBeMasked_IsWithheldAndRecordedSo()
    {
        var message = Message(MaskPurpose.Answer, "safe-harbor");
        message = message with { Payload = _seal.Seal("<html>MRN: 44321</html>"u8, message.Call.CallId) };

        var answer = await Door().AnswerAsync(message, TestContext.Current.CancellationToken);

        Assert.Equal(MaskDisposition.Withheld, answer.Disposition);
        Assert.Equal(OutcomeStatus.Withheld, Assert.Single(_journal.Entries).Outcome!.Status);
        Assert.DoesNotContain("44321", Encoding.UTF8.GetString(_seal.Open(answer.Payload, answer.CallId)), StringComparison.Ordinal);
    }

    /// <summary>APR-9 reads as the ninth of April; without it nobody can find the request or repeat the call.</summary>
    [Fact]
    public async Task Refusal_OfTheGateway_KeepsTheApprovalsNumber()
    {
        foreach (var id in Enumerable.Range(1, 40).Concat([1987, 2026, 202_604]).Select(n => $"APR-{n}"))
        {
            var words = $"Approval {id} is pending (rule 'changes-need-approval', open until 14:05 UTC). Not executed. MRN: 44321 (approval {id}): wrong chart. Approval {id} was withdrawn.";
            var message = Message(MaskPurpose.Answer, "safe-harbor");
            message = message with
            {
                Payload = _seal.Seal(Encoding.UTF8.GetBytes($$$$$"""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"{{{{{words}}}}}"}],"isError":true,"_meta":{"dev.chaperone/decision":{"approval":"{{{{{id}}}}}"}}}}"""), message.Call.CallId),
                Outcome = new OutcomeFacts { Status = OutcomeStatus.Pending, HttpStatus = 200, ApprovalId = id },
            };

            var answer = await Door().AnswerAsync(message, TestContext.Current.CancellationToken);

            var text = Encoding.UTF8.GetString(_seal.Open(answer.Payload, answer.CallId));
            Assert.Contains(words.Replace("MRN: 44321", "MRN: [MRN]", StringComparison.Ordinal), text, StringComparison.Ordinal);
            Assert.Contains($"\"approval\":\"{id}\"", text, StringComparison.Ordinal);
        }
    }

    /// <summary>An upstream's answer gets no such grace: there APR-9 may be somebody's date.</summary>
    [Fact]
    public async Task Answer_OfAnUpstream_IsMaskedEvenWhereItLooksLikeTheApproval()
    {
        var message = Message(MaskPurpose.Answer, "safe-harbor");
        message = message with
        {
            Payload = _seal.Seal("""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"born APR-9"}]}}"""u8, message.Call.CallId),
            Outcome = message.Outcome! with { ApprovalId = "APR-9" },
        };

        var answer = await Door().AnswerAsync(message, TestContext.Current.CancellationToken);

        Assert.DoesNotContain("APR-9", Encoding.UTF8.GetString(_seal.Open(answer.Payload, answer.CallId)), StringComparison.Ordinal);
    }

    /// <summary>Attack: an exemption reaches the record, the search or an approver, who is not the one it was given to.</summary>
    [Theory]
    [InlineData(MaskPurpose.Answer, true)]
    [InlineData(MaskPurpose.Event, true)]
    [InlineData(MaskPurpose.Display, false)]
    public async Task Exempt_IsForTheCallerOnly(MaskPurpose purpose, bool shown)
    {
        var message = Message(purpose, "safe-harbor");
        message = message with
        {
            Decision = message.Decision with { Exempt = ["name"] },
            Payload = _seal.Seal("""{"jsonrpc":"2.0","id":1,"result":{"content":[],"structuredContent":{"patient_name":"Quentin Zabriskie","ssn":"123-45-6789"}}}"""u8, message.Call.CallId),
        };

        var answer = await Door().AnswerAsync(message, TestContext.Current.CancellationToken);

        var text = Encoding.UTF8.GetString(_seal.Open(answer.Payload, answer.CallId));
        Assert.Equal(shown, text.Contains("Zabriskie", StringComparison.Ordinal));
        Assert.DoesNotContain("123-45-6789", text, StringComparison.Ordinal);
        Assert.All(_journal.Entries.SelectMany(e => e.Parts), part => Assert.DoesNotContain("Zabriskie", Encoding.UTF8.GetString(part.Content.Ciphertext), StringComparison.Ordinal));
    }

    /// <summary>The operator's own rules hold for the caller, the record and the approver.</summary>
    [Theory]
    [InlineData(MaskPurpose.Answer)]
    [InlineData(MaskPurpose.Display)]
    public async Task OwnRules_HoldForEverybody(MaskPurpose purpose)
    {
        var message = Message(purpose, "safe-harbor");
        message = message with
        {
            OwnMasking = new OwnMasking { Digest = "door", Rules = [new OwnMaskingRule { Name = "birds", Class = "id", Words = ["kestrel"] }] },
            Payload = _seal.Seal("""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"the kestrel flew"}]}}"""u8, message.Call.CallId),
        };

        var answer = await Door().AnswerAsync(message, TestContext.Current.CancellationToken);

        Assert.Contains("the [ID] flew", Encoding.UTF8.GetString(_seal.Open(answer.Payload, answer.CallId)), StringComparison.Ordinal);
        Assert.All(_journal.Entries.SelectMany(e => e.Parts), part => Assert.DoesNotContain("kestrel", Encoding.UTF8.GetString(part.Content.Ciphertext), StringComparison.Ordinal));
    }

    private MaskResultDoor Door() => new(MaskingBench.Masker, _seal, _journal, new PatientKeys([("k", new byte[32])]), MaskingBench.Time, new MaskingTelemetry(MaskingBench.Meters));

    private MaskResult Message(MaskPurpose purpose, string profile)
    {
        var callId = Guid.CreateVersion7(MaskingBench.Time.GetUtcNow());
        return new MaskResult
        {
            Call = new CallFacts
            {
                CallId = callId,
                SessionId = callId,
                Principal = new Principal { Issuer = "i", Subject = "s", Groups = [], ClientId = "c" },
                ProtocolVersion = "2026-07-28",
                Server = "clinic",
                Method = "tools/call",
                Target = "find",
                RequestId = "1",
                ReceivedAt = MaskingBench.Time.GetUtcNow(),
            },
            Stamp = new EdgeStamp { Edge = "e", Epoch = 1, Number = 1, EventId = Guid.CreateVersion7(MaskingBench.Time.GetUtcNow()) },
            Purpose = purpose,
            Decision = new DecisionFacts { Effect = CallEffect.Allow, Rule = "r", PolicyDigest = "d", Reason = "", Masking = profile },
            Payload = _seal.Seal(Encoding.UTF8.GetBytes(Response), callId),
            Request = _seal.Seal(Encoding.UTF8.GetBytes(Request), callId),
            Outcome = new OutcomeFacts { Status = OutcomeStatus.Answered, HttpStatus = 200 },
        };
    }

    /// <summary>Keeps the plaintext and insists on the context, which is all these tests need of a seal.</summary>
    private sealed class PlainSeal : IPayloadSeal
    {
        public SealedPayload Seal(ReadOnlySpan<byte> plaintext, Guid context) =>
            new() { KeyId = context.ToString("N"), Nonce = new byte[12], Ciphertext = plaintext.ToArray() };

        public byte[] Open(SealedPayload payload, Guid context) =>
            payload.KeyId == context.ToString("N") ? payload.Ciphertext : throw new System.Security.Cryptography.CryptographicException("Another context.");
    }

    private sealed class Journal : IJournal
    {
        public List<RecordEntry> Entries { get; } = [];

        public bool Broken { get; set; }

        public ValueTask WriteAsync(RecordEntry entry, CancellationToken cancellationToken)
        {
            if (Broken)
            {
                throw new BusUnavailableException("The recorder is away.");
            }

            Entries.Add(entry);
            return ValueTask.CompletedTask;
        }
    }
}

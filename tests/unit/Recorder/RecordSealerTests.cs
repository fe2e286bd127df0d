using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chaperone.Contracts;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Tests;

public class RecordSealerTests
{
    [Fact]
    public async Task Seal_ThenOpen_GivesFactsAndMaskedPartsOnly()
    {
        await using var rig = await RecorderRig.StartAsync();
        var entry = rig.Entry(masked: "{\"n\":\"[NAME]\"}", raw: "{\"n\":\"Ada\"}", stamp: rig.Stamp(7));

        var record = rig.Get<RecordSealer>().Seal(entry);
        var opened = rig.Get<RecordOpener>().Open(record.Header, record.Object);

        Assert.Equivalent(entry with { Parts = [] }, opened.Entry, strict: true);
        var part = Assert.Single(opened.Parts);
        Assert.Equal(("request_masked", "{\"n\":\"[NAME]\"}"), (part.Name, Encoding.UTF8.GetString(part.Content)));
    }

    [Fact]
    public async Task Seal_Leaf_IsCanonicalAndCommitsToCiphertextNotToPlaintext()
    {
        await using var rig = await RecorderRig.StartAsync();
        var entry = rig.Entry(stamp: rig.Stamp(7));

        var record = rig.Get<RecordSealer>().Seal(entry);
        var leaf = Encoding.UTF8.GetString(record.Leaf);
        var facts = LeafFormat.Read(record.Leaf);

        Assert.StartsWith($"{{\"c\":\"{entry.Call!.CallId}\",\"e\":[\"edge-a\",1700000000000,7],\"id\":\"{entry.EventId}\",\"k\":\"intent\",\"m\":\"", leaf, StringComparison.Ordinal);
        Assert.EndsWith($"\",\"s\":\"{entry.Call.SessionId}\",\"t\":\"2026-11-23T06:40:16.000000Z\",\"v\":1,\"x\":\"{facts.HeaderHash}\"}}", leaf, StringComparison.Ordinal);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(record.Object)), facts.ObjectHash);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(record.Header)), facts.HeaderHash);
        Assert.True(record.Leaf.Length <= LeafFormat.LargestLeaf);
    }

    [Fact]
    public async Task Header_OfAnOutcome_SaysWhereAndByWhatRule()
    {
        await using var rig = await RecorderRig.StartAsync();
        var entry = Outcome(rig, new MaskPlace { Path = "result.content[].text>a[].mrn", Type = "MRN", Rule = "key", Count = 2, Confidence = 100 }, new MaskPlace { Path = "result.Ann Lee", Type = "SSN", Rule = "label", Count = 1, Confidence = 90 });

        var record = rig.Get<RecordSealer>().Seal(entry);
        var header = Encoding.UTF8.GetString(record.Header);

        Assert.Contains("\"places\":[[\"result.content[].text>a[].mrn\",\"MRN\",\"key\",2,100],[\"*\",\"SSN\",\"label\",1,90]]", header, StringComparison.Ordinal);
        Assert.Equivalent(entry with { Parts = [] }, rig.Get<RecordOpener>().Open(record.Header, record.Object).Entry, strict: true);
    }

    /// <summary>Records that were written before places were kept open as ever.</summary>
    [Fact]
    public async Task Facts_WithoutPlaces_AreReadAndWrittenAsBefore()
    {
        await using var rig = await RecorderRig.StartAsync();
        var facts = JsonSerializer.Serialize(Outcome(rig), FactsJson.Default.RecordEntry).Replace(",\"places\":[]", "", StringComparison.Ordinal);

        var read = JsonSerializer.Deserialize(facts, FactsJson.Default.RecordEntry)!;

        Assert.DoesNotContain("places", facts, StringComparison.Ordinal);
        Assert.Empty(read.Outcome!.Places);
        Assert.DoesNotContain("places", Encoding.UTF8.GetString(rig.Get<RecordSealer>().Seal(read).Header), StringComparison.Ordinal);
    }

    private static RecordEntry Outcome(RecorderRig rig, params MaskPlace[] places) => rig.Entry(stamp: rig.Stamp(7)) with
    {
        Kind = RecordKind.Outcome,
        Outcome = new OutcomeFacts { Status = OutcomeStatus.Answered, HttpStatus = 200, Findings = [new MaskFinding { Type = "MRN", Count = 2 }], Places = places },
    };

    /// <summary>Two records of the same content share no hash: nobody can guess content by hashing a dictionary.</summary>
    [Fact]
    public async Task Seal_SameContentTwice_SharesNoCommitment()
    {
        await using var rig = await RecorderRig.StartAsync();
        var first = LeafFormat.Read(rig.Get<RecordSealer>().Seal(rig.Entry(raw: "x", masked: "y")).Leaf);
        var second = LeafFormat.Read(rig.Get<RecordSealer>().Seal(rig.Entry(raw: "x", masked: "y")).Leaf);

        Assert.NotEqual(first.Commitment, second.Commitment);
        Assert.NotEqual(first.ObjectHash, second.ObjectHash);
    }

    [Fact]
    public async Task Open_AnyAlteredByteOfObject_Throws()
    {
        await using var rig = await RecorderRig.StartAsync();
        var record = rig.Get<RecordSealer>().Seal(rig.Entry());
        for (var i = 0; i < record.Object.Length; i += 7)
        {
            var altered = (byte[])record.Object.Clone();
            altered[i] ^= 1;
            var opener = rig.Get<RecordOpener>();

            // The last part is raw and stays closed, so its bytes are covered by the leaf's hash alone.
            var caught = Record.Exception(() => opener.Open(record.Header, altered));
            Assert.True(caught is CryptographicException || IsInRawPart(record, i), $"byte {i}");
        }
    }

    [Fact]
    public async Task Open_BesideAnotherHeader_Throws()
    {
        await using var rig = await RecorderRig.StartAsync();
        var id = Guid.CreateVersion7(rig.Time.GetUtcNow());
        var first = rig.Get<RecordSealer>().Seal(rig.Entry(id));
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        var second = rig.Get<RecordSealer>().Seal(rig.Entry(id));

        Assert.Throws<AuthenticationTagMismatchException>(() => rig.Get<RecordOpener>().Open(second.Header, first.Object));
    }

    /// <summary>Invariant 4: a caller chooses method, target, server and client name, so identifiers in them must not stand in clear.</summary>
    [Theory]
    [InlineData("resources/read", "patient://mrn/MRN-4711")]
    [InlineData("tools/call", "get 123-45-6789")]
    [InlineData("tools/call", "get_123-45-6789")]
    [InlineData("tools/call", "Jane Q. Patient")]
    [InlineData("123-45-6789", "get_patient")]
    [InlineData("tasks/get", "MRN-4711")]
    public async Task Seal_IdentifierInANameOfTheCaller_IsNotInHeaderOrLeaf(string method, string target)
    {
        await using var rig = await RecorderRig.StartAsync();
        var entry = rig.Entry() with { Call = rig.Call(Guid.CreateVersion7(rig.Time.GetUtcNow()), method, target) with { ClientName = "123-45-6789", RequestId = "\"123-45-6789\"" } };

        var record = rig.Get<RecordSealer>().Seal(entry);

        var clear = Encoding.UTF8.GetString(record.Header) + Encoding.UTF8.GetString(record.Leaf);
        Assert.All(["123-45-6789", "MRN-4711", "Jane"], canary => Assert.DoesNotContain(canary, clear, StringComparison.Ordinal));
        Assert.Equal(target, rig.Get<RecordOpener>().Open(record.Header, record.Object).Entry.Call!.Target);
    }

    [Fact]
    public async Task Seal_MalformedStampOrParts_IsRefused()
    {
        await using var rig = await RecorderRig.StartAsync();
        var sealer = rig.Get<RecordSealer>();
        var entry = rig.Entry();

        Assert.Throws<InvalidDataException>(() => sealer.Seal(entry with { Stamp = rig.Stamp(0) }));
        Assert.Throws<InvalidDataException>(() => sealer.Seal(entry with { Stamp = rig.Stamp(1, edge: "edge a") }));
        Assert.Throws<InvalidDataException>(() => sealer.Seal(entry with { Stamp = rig.Stamp(1, edge: new string('e', 65)) }));
        Assert.Throws<InvalidDataException>(() => sealer.Seal(entry with { EventId = Guid.Empty }));
        Assert.Throws<InvalidDataException>(() => sealer.Seal(entry with { Kind = (RecordKind)99 }));
        Assert.Throws<InvalidDataException>(() => sealer.Seal(entry with { Parts = [entry.Parts[0], entry.Parts[0]] }));
        Assert.Throws<InvalidDataException>(() => sealer.Seal(entry with { Parts = [rig.Part("facts", "x", true, entry.EventId)] }));
    }

    private static bool IsInRawPart(SealedRecord record, int at)
    {
        var header = RecordHeader.Read(record.Header);
        var start = 0;
        foreach (var part in header.Parts)
        {
            var end = start + 4 + 12 + part.SealedSize + 16;
            if (at >= start + 4 && at < end)
            {
                return !part.Searchable && part.Name != RecordSealer.FactsPart;
            }

            start = end;
        }

        return false;
    }
}

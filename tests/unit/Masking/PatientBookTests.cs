using System.Text;
using Chaperone.Contracts;
using Chaperone.Masking.Patients;

namespace Chaperone.Masking.Tests;

/// <summary>
/// Whoever was named in a call is found again by any spelling of an identifier, whatever the caller saw of it; and nothing but pseudonyms
/// leaves masking (45 CFR 164.528, invariant 4).
/// </summary>
public sealed class PatientBookTests
{
    private const int Row = PatientKeys.MarkSize + 2;
    private static readonly byte[] First = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly byte[] Second = [.. Enumerable.Range(101, 32).Select(i => (byte)i)];
    private static readonly PatientKeys Keys = new([("k2", Second), ("k1", First)]);
    private static readonly MaskContext Context = new() { Method = "tools/call" };

    [Theory]
    [InlineData("mrn", "MRN-100010", "mrn 100010", PatientIdentifierKind.Number)]
    [InlineData("mrn", "00044321", "44321", PatientIdentifierKind.Number)]
    [InlineData("ssn", "078-05-1120", "078051120", PatientIdentifierKind.Number)]
    [InlineData("ssn", "078-05-1120", "78051120", PatientIdentifierKind.Number)]
    [InlineData("phone", "(555) 201-4432", "+1 555 201 4432", PatientIdentifierKind.Phone)]
    [InlineData("email", "Ann.Roe@Example.org", " ann.roe@example.org", PatientIdentifierKind.Email)]
    public void Identifier_InTheAnswer_IsFoundByAnySpelling(string key, string written, string asked, PatientIdentifierKind kind)
    {
        var part = Read(Answer($$"""{"{{key}}":"{{written}}"}"""));

        Assert.Contains(part, r => r.Mark == Mark(asked, kind) && r.Place == 2);
        Assert.DoesNotContain(part, r => r.Mark == Mark(asked + "1", kind));
    }

    /// <summary>A number in JSON, a number in prose and a FHIR reference are the same number.</summary>
    [Theory]
    [InlineData("""{"mrn":44321987}""")]
    [InlineData("""{"content":"Seen today, MRN: 44321987, will return."}""")]
    [InlineData("""{"resourceType":"Observation","subject":{"reference":"Patient/44321987"}}""")]
    [InlineData("""{"rows":[{"patient_id":"44321987","name":"Ann Roe"}]}""")]
    public void Number_HoweverItStands_IsTheSame(string content)
    {
        Assert.Contains(Read(Answer(content)), r => r.Mark == Mark("44321987", PatientIdentifierKind.Number));
    }

    /// <summary>What the caller sees in the clear was disclosed most of all: it must be found under every profile.</summary>
    [Theory]
    [InlineData("safe-harbor", "")]
    [InlineData("safe-harbor", "mrn")]
    [InlineData("none", "")]
    [InlineData("review", "")]
    [InlineData("linked", "")]
    [InlineData("session", "")]
    public void Identifier_ShownToTheCaller_IsFoundAllTheSame(string profile, string exempt)
    {
        var book = new PatientBook(Keys);
        var context = Context with { Exempt = exempt.Length > 0 ? [exempt] : [] };

        var masked = PayloadMasking.Mask(MaskingBench.Masker, Message("""{"mrn":"MRN-100010"}"""), null, MaskingProfiles.Parse(profile), context, book);

        Assert.Equal(profile == "none" || exempt == "mrn", Encoding.UTF8.GetString(masked.Released.Bytes.Span).Contains("100010", StringComparison.Ordinal));
        Assert.Contains(Read(masked.Patients), r => r.Mark == Mark("MRN-100010", PatientIdentifierKind.Number) && r.Class == (byte)PatientIdentifierClass.Mrn);
    }

    [Fact]
    public void Request_ThatNamesThePatient_IsNotedAsSuch()
    {
        var request = Encoding.UTF8.GetBytes("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"labs","arguments":{"mrn":"MRN-100010"}}}""");

        var only = PayloadMasking.Mask(MaskingBench.Masker, Message("""{"potassium":4.1}"""), request, MaskingProfile.SafeHarbor, Context, new PatientBook(Keys));
        var both = PayloadMasking.Mask(MaskingBench.Masker, Message("""{"mrn":"MRN-100010"}"""), request, MaskingProfile.SafeHarbor, Context, new PatientBook(Keys));

        Assert.Equal(1, Assert.Single(Read(only.Patients), r => r.Mark == Mark("MRN-100010", PatientIdentifierKind.Number)).Place);
        Assert.Equal(3, Assert.Single(Read(both.Patients), r => r.Mark == Mark("MRN-100010", PatientIdentifierKind.Number)).Place);
    }

    /// <summary>A bulk answer is complete: each of ten thousand patients is found in it.</summary>
    [Fact]
    public void Answer_OfTenThousandPatients_HoldsEachOfThem()
    {
        var rows = string.Join(',', Enumerable.Range(0, 10_000).Select(i => $$"""{"mrn":"{{2_000_000 + i}}","status":"active"}"""));

        var part = Read(Answer($$"""{"patients":[{{rows}}]}""")).Select(r => r.Mark).ToHashSet(StringComparer.Ordinal);

        Assert.All(Enumerable.Range(0, 10_000), i => Assert.Contains(Mark($"{2_000_000 + i}", PatientIdentifierKind.Number), part));
    }

    /// <summary>What could not be read, or has too many, is said to be incomplete and never passed over.</summary>
    [Fact]
    public void Book_ThatCannotTellAll_SaysSo()
    {
        var unread = PayloadMasking.Mask(MaskingBench.Masker, "<html>"u8.ToArray(), null, MaskingProfile.None, Context, new PatientBook(Keys));
        var full = new PatientBook(Keys);
        for (var i = 0; i <= PatientBook.Most; i++)
        {
            full.Add(Identifier.Mrn, $"{1_000_000 + i}");
        }

        Assert.Equal((1, 2), (unread.Patients!.Bytes[1], unread.Patients.Bytes.Length));
        Assert.Equal((1, 2 + (PatientBook.Most * Row)), (full.Write()![1], full.Write()!.Length));
    }

    /// <summary>After a rotation records under the old key are still found, and new ones name the new key.</summary>
    [Fact]
    public void Keys_Rotated_AskUnderAllAndWriteUnderTheFirst()
    {
        var old = new PatientKeys([("k1", First)]);

        var asked = Keys.Of(new PatientIdentifier { Kind = PatientIdentifierKind.Number, Value = "MRN-1" })!;

        Assert.Equal(2, asked.Length);
        Assert.Equal(old.Of(new PatientIdentifier { Kind = PatientIdentifierKind.Number, Value = "MRN-1" })![0], asked[1]);
        Assert.NotEqual(asked[0], asked[1]);
        Assert.Equal("application/vnd.chaperone.patients;v=1;key=k2", Answer("""{"mrn":"MRN-1"}""")!.MediaType);
    }

    [Theory]
    [InlineData("")]
    [InlineData("000")]
    [InlineData(" - ")]
    public void Identifier_ThatIdentifiesNobody_HasNoPseudonym(string value)
    {
        Assert.Null(Keys.Of(new PatientIdentifier { Kind = PatientIdentifierKind.Number, Value = value }));
    }

    [Fact]
    public void Part_HoldsNoIdentifier()
    {
        var text = Encoding.Latin1.GetString(Answer("""{"mrn":"MRN-100010","ssn":"078-05-1120","phone":"555-201-4432"}""")!.Bytes);

        Assert.DoesNotContain("100010", text, StringComparison.Ordinal);
        Assert.DoesNotContain("078", text, StringComparison.Ordinal);
    }

    private static RecordPatients? Answer(string content) =>
        PayloadMasking.Mask(MaskingBench.Masker, Message(content), null, MaskingProfile.SafeHarbor, Context, new PatientBook(Keys)).Patients;

    private static byte[] Message(string content) => Encoding.UTF8.GetBytes($$$"""{"jsonrpc":"2.0","id":1,"result":{"content":[],"structuredContent":{{{content}}}}}""");

    private static string Mark(string value, PatientIdentifierKind kind) => Convert.ToHexString(Keys.Of(new PatientIdentifier { Kind = kind, Value = value })![0]);

    private static List<(string Mark, byte Class, byte Place)> Read(RecordPatients? part) =>
        part is null ? [] : [.. part.Bytes[2..].Chunk(Row).Select(r => (Convert.ToHexString(r[..PatientKeys.MarkSize]), r[^2], r[^1]))];
}

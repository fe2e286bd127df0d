using System.Text;
using System.Text.RegularExpressions;
using Chaperone.Masking.Detectors;
using FsCheck.Xunit;
using static Chaperone.Masking.Tests.Profiles.ProfileBench;

namespace Chaperone.Masking.Tests.Profiles;

/// <summary>Attack: an agent, or who reads its transcripts, joins what two sessions have shown; a colleague's agent has to tell two patients apart.</summary>
public sealed class SessionMaskTests
{
    private const string Note = "Patient John Smith, MRN: 4821307, SSN 123-45-6789, phone 415-555-0134, born 1930-02-03, seen 2021-03-04 by Dr. Mary Jones.";
    private static readonly Guid One = Guid.Parse("01980000-0000-7000-8000-000000000001");
    private static readonly Guid Other = Guid.Parse("01980000-0000-7000-8000-000000000002");

    [Fact]
    public void Surrogate_HoldsThroughoutTheSession_InEveryWorker()
    {
        var worker = new Masker(new MaskingOptions(), MaskingBench.Time, [New]);
        var inJson = Json("""{"mrn":"A48213077","patient_name":"Smith, John"}""", One);
        var name = Regex.Match(inJson, @"\[NAME:s:[A-Z2-7]{20}\]").Value;
        var mrn = Regex.Match(inJson, @"\[MRN:s:[A-Z2-7]{20}\]").Value;

        var note = In("John Smith was seen. MRN: A48213077", One, worker);

        Assert.NotEmpty(name);
        Assert.NotEmpty(mrn);
        Assert.Contains(name, note, StringComparison.Ordinal);
        Assert.Contains(mrn, note, StringComparison.Ordinal);
        Assert.Equal(inJson, Json(inJson, One));
    }

    [Property(MaxTest = 40)]
    public void Surrogates_OfTwoSessions_HaveNothingInCommon(Guid one, Guid other, uint id)
    {
        string[] a = Tokens(In($"MRN: M{id:00000000}, John Smith", one)), b = Tokens(In($"MRN: M{id:00000000}, John Smith", other));

        Assert.Equal(2, a.Length);
        Assert.Equal(one == other, a.Intersect(b).Any());
    }

    [Fact]
    public void DatesAgesAndZips_AreAsInSafeHarbor()
    {
        var masked = Json("""{"mrn":"P1","visit_date":"2021-03-04","dob":"1930-02-03","age":93,"zip":"94110","birth":19300203}""", One);
        var plain = Value("""{"mrn":"P1","visit_date":"2021-03-04","dob":"1930-02-03","age":93,"zip":"94110","birth":19300203}""", MaskingProfile.SafeHarbor);

        foreach (var key in new[] { "visit_date", "dob", "age", "zip", "birth" })
        {
            Assert.Equal(Field(plain, key), Field(masked, key));
        }

        Assert.DoesNotContain("03-04", In(Note, One), StringComparison.Ordinal);
        Assert.DoesNotContain("1930", In(Note, One), StringComparison.Ordinal);
    }

    [Property(MaxTest = 60)]
    public void Shapes_AreKept_AndNoValidNumbers(uint seed)
    {
        const string Schema = """{"type":"object","properties":{"ssn":{"type":"string","pattern":"^[0-9]{3}-[0-9]{2}-[0-9]{4}$"},"npi":{"type":"string","pattern":"^[0-9]{10}$"},"card_number":{"type":"string","pattern":"^[0-9]{16}$"},"email":{"type":"string","format":"email"},"mrn":{"type":"integer"}}}""";
        var ssn = $"{(seed % 665) + 1:000}-{(seed % 99) + 1:00}-{(seed % 9999) + 1:0000}";
        var json = $$"""{"ssn":"{{ssn}}","npi":"{{1_000_000_000 + (seed % 1_000_000_000)}}","card_number":"4{{seed:000000000000000}}","email":"ann{{seed}}@mail.org","mrn":{{seed + 1}}}""";

        var (first, second) = (Json(json, One, Schema), Json(json, Other, Schema));

        Assert.Equal(first, Json(json, One, Schema));
        foreach (var key in new[] { "ssn", "npi", "card_number", "email", "mrn" })
        {
            Assert.NotEqual(Field(json, key), Field(first, key));
            Assert.NotEqual(Field(first, key), Field(second, key));
        }

        Assert.Matches("^9[0-9]{2}-00-[0-9]{4}$", Field(first, "ssn"));
        Assert.False(Checksums.Npi(Field(first, "npi")));
        Assert.False(Checksums.Luhn(Field(first, "card_number")));
    }

    [Fact]
    public void NoIdentifier_Survives()
    {
        var masked = In(Note, One);

        foreach (var identifier in new[] { "John", "Smith", "4821307", "123-45-6789", "555-0134", "Mary", "Jones" })
        {
            Assert.DoesNotContain(identifier, masked, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>What lies in the ledger and in search joins nothing.</summary>
    [Fact]
    public void Records_GetSafeHarbor()
    {
        var message = Encoding.UTF8.GetBytes("""{"jsonrpc":"2.0","id":1,"result":{"content":[],"structuredContent":{"mrn":"A48213077"}}}""");

        var both = PayloadMasking.Mask(ProfileBench.Masker, message, message, MaskingProfile.Session, MaskingBench.ToolCall with { SessionId = One });

        Assert.Contains("[MRN:s:", Encoding.UTF8.GetString(both.Released.Bytes.Span), StringComparison.Ordinal);
        Assert.Contains("[MRN]", Encoding.UTF8.GetString(both.Recorded.Bytes.Span), StringComparison.Ordinal);
        Assert.Contains("[MRN]", Encoding.UTF8.GetString(both.Request!.Bytes.Span), StringComparison.Ordinal);
    }

    [Fact]
    public void WithoutAKey_IsSafeHarbor() =>
        Assert.Equal(Text(Note, MaskingProfile.SafeHarbor), In(Note, One, new Masker(new MaskingOptions(), MaskingBench.Time)));

    private static string Json(string json, Guid session, string? schema = null) => Value(json, MaskingProfile.Session, schema, session: session);

    private static string In(string text, Guid session, Masker? masker = null) => Text(text, MaskingProfile.Session, masker: masker, session: session);

    private static string[] Tokens(string text) => [.. Regex.Matches(text, @"\[[A-Z]+:s:[A-Z2-7]{20}\]").Select(m => m.Value)];
}

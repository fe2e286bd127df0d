using System.Text;
using Chaperone.Contracts;

namespace Chaperone.Masking.Tests.Own;

/// <summary>The operator's own rules: what they find is masked beside all else, and what they allow stays only by itself.</summary>
public sealed class OwnRuleTests
{
    private static readonly OwnMaskingRule Badge = new()
    {
        Name = "badge",
        Class = "id",
        Keys = ["perch_code", "perch no"],
        Patterns = ["WB-[0-9]{6}", @"\bproj(ect)?-[a-z]+-secret\b"],
        Words = ["Aurora Borealis Study", "kestrel"],
    };

    [Theory]
    [InlineData("seen WB-123456 today", "seen [ID] today")]
    [InlineData("the aurora  borealis study and a kestrel", "the [ID] and a [ID]")]
    [InlineData("Perch code: 4711 at noon", "Perch code: [ID] at noon")]
    [InlineData("perch no. 4711-AB given", "perch no. [ID] given")]
    [InlineData("in project-lark-secret we trust", "in [ID] we trust")]
    [InlineData("SSN 123-45-6789", "SSN [SSN]")]
    [InlineData("a goshawk, WB-12345", "a goshawk, WB-12345")]
    public void Text_IsMaskedByOwnRulesToo(string text, string expected) => Assert.Equal(expected, Masked(text, Badge));

    [Theory]
    [InlineData("""{"perchCode":"kilo","note":"nothing"}""", "kilo")]
    [InlineData("""{"perch-code":"kilo"}""", "kilo")]
    [InlineData("""{"note":"the kestrel flew","n":1}""", "kestrel")]
    [InlineData("""{"note":"plain small text with proj-lark-secret in it"}""", "proj-lark-secret")]
    [InlineData("perch code,unit\nkilo,b\nlima,c\n", "kilo")]
    [InlineData("<r><perchCode>kilo</perchCode></r>", "kilo")]
    public void Structure_IsMaskedByOwnRulesToo(string text, string gone)
    {
        Assert.Contains(gone, MaskingBench.Masker.Scan(text).Masked, StringComparison.Ordinal);
        Assert.DoesNotContain(gone, Masked(text, Badge), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("the Brian Robinson protocol was used", "the Brian Robinson protocol was used")]
    [InlineData("Brian Robinson 123-45-6789", "Brian Robinson [SSN]")]
    [InlineData("""{"facility_contact_name":"Brian Robinson"}""", """{"facility_contact_name":"Brian Robinson"}""")]
    [InlineData("see https://tx.example.org/vs/1 and https://other.example.com/p/1", "see https://tx.example.org/vs/1 and [URL]")]
    [InlineData("see https://tx.example.org/vs/1?mrn=4711223", "see [URL]")]
    public void Allowed_StaysByItselfOnly(string text, string expected) =>
        Assert.Equal(expected, Masked(text, new OwnMaskingRule { Name = "ours", Class = "", Allow = ["Brian Robinson"], Hosts = ["tx.example.org"] }));

    /// <summary>Attack: another name that holds the allowed one.</summary>
    [Fact]
    public void Allowed_InsideALongerName_IsMasked() =>
        Assert.DoesNotContain("Papadopoulos", Masked("Spoke with Brian Robinson Papadopoulos.", new OwnMaskingRule { Name = "ours", Class = "", Allow = ["Brian Robinson"] }), StringComparison.Ordinal);

    /// <summary>Rules that cannot be used withhold: without them less would be masked than was asked for.</summary>
    [Theory]
    [InlineData("nonsense", "a+")]
    [InlineData("id", "(?=a)b")]
    [InlineData("id", "[")]
    public void Rule_ThatCannotBeUsed_Withholds(string identifier, string pattern)
    {
        var scanned = MaskingBench.Masker.Scan("hello", context: Context(new OwnMaskingRule { Name = "bad", Class = identifier, Patterns = [pattern] }));

        Assert.Equal(WithheldReason.Failed, scanned.Reason);
    }

    [Fact]
    public void Message_IsMaskedByOwnRules_OnlyWhereTheyHold()
    {
        var message = """{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"the kestrel flew"}],"structuredContent":{"bird":"kestrel"}}}"""u8.ToArray();

        var own = MaskingBench.Masker.Mask(message, MaskingProfile.SafeHarbor, Context(Badge));
        var plain = MaskingBench.Masker.Mask(message, MaskingProfile.SafeHarbor, MaskingBench.ToolCall);

        Assert.DoesNotContain("kestrel", Encoding.UTF8.GetString(own.Bytes.Span), StringComparison.Ordinal);
        Assert.Contains("kestrel", Encoding.UTF8.GetString(plain.Bytes.Span), StringComparison.Ordinal);
    }

    private static string Masked(string text, OwnMaskingRule rule)
    {
        var scanned = MaskingBench.Masker.Scan(text, context: Context(rule));
        Assert.Equal(WithheldReason.None, scanned.Reason);
        return scanned.Masked;
    }

    private static MaskContext Context(OwnMaskingRule rule) =>
        MaskingBench.ToolCall with { Own = new OwnMasking { Digest = $"{rule.Name} {rule.Class} {string.Join('|', rule.Patterns.Concat(rule.Allow).Concat(rule.Hosts))}", Rules = [rule] } };
}

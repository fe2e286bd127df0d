using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Chaperone.Masking.Tests;

/// <summary>What holds for every message: it still parses, keeps its structure and ids, loses what is planted, and masking a mask changes nothing.</summary>
public sealed class MaskingProperties
{
    private static readonly string[] Keys = ["note", "mrn", "first_name", "dob", "phone", "code", "value", "address", "items", "email", "ssn", "id", "name", "score"];

    private static readonly string[] Texts =
    [
        "", "ok", "MRN: 44321", "SSN 123-45-6789", "seen 2021-03-04 by Dr. Lee", "Ann Lee", "415-555-0100", "a@b.org", "[NAME]", "E11.9", "12 Oak St, Dover, DE 19901",
        "{\"mrn\":\"A-1\"}", "a,b\n1,2", "\u200B1\u200B", "Name: smith, john", "\ud83d\ude00 Mr. Bean", "192.168.0.1", "he is 93 years old", "\\u0041 \"quoted\"", "https://x.example/p/1",
    ];

    [Property(MaxTest = 500)]
    public Property Message_Masked_KeepsItsStructureAndIsMaskedOnce()
    {
        return Prop.ForAll(Arb.From(Node(3)), Arb.From(Gen.Choose(0, 1_000_000)), (node, id) =>
        {
            var message = $$$"""{"jsonrpc":"2.0","id":{{{id}}},"result":{"content":[],"structuredContent":{{{node}}}}}""";

            var once = MaskingBench.Message(message);
            var twice = MaskingBench.Message(once);

            using var before = JsonDocument.Parse(message);
            using var after = JsonDocument.Parse(once);
            return Shape(before.RootElement) == Shape(after.RootElement) && once == twice && after.RootElement.GetProperty("id").GetInt32() == id;
        });
    }

    [Property(MaxTest = 200)]
    public Property PlantedIdentifier_UnderItsKey_NeverSurvives()
    {
        var keys = Gen.Elements("mrn", "ssn", "patient_id", "member_id", "accountNumber", "last_name", "streetAddress", "npi", "vin", "device_serial");
        var values = Gen.Choose(100_000, 999_999_999).Select(n => $"Zq{n}x");
        return Prop.ForAll(Arb.From(keys), Arb.From(values), Arb.From(Node(2)), (key, value, node) =>
        {
            var message = """{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":""" + JsonSerializer.Serialize($"about {value}.")
                + """}],"structuredContent":{"a":[""" + $"{{\"{key}\":\"{value}\"}},{node}" + "]}}}";

            return !MaskingBench.Message(message).Contains(value, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Property(MaxTest = 300)]
    public Property Text_OfAnyCharacters_NeverBreaksTheMasker()
    {
        return Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            var run = MaskingBench.Run("""{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":""" + JsonSerializer.Serialize(text ?? "") + "}]}}");
            using var parsed = JsonDocument.Parse(run.Bytes);
            return run.Reason == WithheldReason.None;
        });
    }

    [Property(MaxTest = 200)]
    public Property Text_OfPieces_IsMaskedOnce()
    {
        var texts = Gen.Elements(Texts).ListOf(5).Select(parts => string.Join(' ', parts));
        return Prop.ForAll(Arb.From(texts), text =>
        {
            var once = MaskingBench.Text(text);
            return MaskingBench.Text(once) == once;
        });
    }

    private static Gen<string> Node(int depth)
    {
        var leaf = Gen.OneOf(
            Gen.Elements(Texts).Select(t => JsonSerializer.Serialize(t)),
            Gen.Choose(-5, 99_999).Select(n => n.ToString()),
            Gen.Elements("true", "false", "null", "1.5e3", "0.10"));
        if (depth == 0)
        {
            return leaf;
        }

        var member = Gen.Elements(Keys).SelectMany(key => Node(depth - 1).Select(value => (key, value)));
        return Gen.OneOf(
            leaf,
            Node(depth - 1).ListOf(2).Select(items => $"[{string.Join(',', items)}]"),
            member.ListOf(4).Select(members => $"{{{string.Join(',', members.DistinctBy(m => m.key).Select(m => $"\"{m.key}\":{m.value}"))}}}"));
    }

    // Kinds and keys, without what strings and numbers hold.
    private static string Shape(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', element.EnumerateObject().Select(p => p.Name + Shape(p.Value)))}}}",
        JsonValueKind.Array => $"[{string.Join(',', element.EnumerateArray().Select(Shape))}]",
        var kind => kind.ToString(),
    };
}

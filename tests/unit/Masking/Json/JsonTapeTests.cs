using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Chaperone.Masking.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Chaperone.Masking.Tests.Json;

/// <summary>
/// The tape reads exactly what <see cref="Utf8JsonReader"/> reads, and refuses exactly what it refuses: were it laxer, a
/// client could find in a message what was never masked.
/// </summary>
public sealed class JsonTapeTests
{
    // Bytes that begin, end or break something.
    private static readonly byte[] Breaking = [.. "{}[]\",:\\/-+.0123456789eEtrufalsn bx\t\n\r"u8, 0x00, 0x0B, 0x1F, 0x7F, 0x80, 0xC3, 0xE2, 0xED, 0xF0, 0xFF];

    private static readonly string[] Scalars =
    [
        "0", "-0", "1", "-1.5", "10.25e3", "1E-2", "2e+10", "123456789012345678901234567890", "true", "false", "null", "\"\"", "\"a\"", "\"within the reference range of the analyser\"",
        "\"caf\u00E9 \ud83d\ude00\"", "\"\\u0041\\ud800\"", "\"\\\"quoted\\\" \\\\ \\/ \\b\\f\\n\\r\\t\"", "\"0123456789abcde\\\"\"", "\"0123456789abcdef\"", "\"\u007F\u2028\"", "{}", "[]",
    ];

    [Property(MaxTest = 3000)]
    public Property Document_Random_ReadsAsTheReaderReads() =>
        Prop.ForAll(Arb.From(Node(4)), Arb.From(Gen.Elements(false, true)), (json, many) => Same(Encoding.UTF8.GetBytes(json), many));

    [Property(MaxTest = 20000)]
    public Property Document_WithChangedBytes_IsTakenOrRefusedAlike()
    {
        var changes = UpTo(3, Gen.Zip(Gen.Choose(0, 2), Gen.Zip(Gen.Choose(0, 10_000), Gen.Elements(Breaking))));
        return Prop.ForAll(Arb.From(Node(3)), Arb.From(changes), Arb.From(Gen.Elements(false, true)), (json, list, many) =>
        {
            var bytes = Encoding.UTF8.GetBytes(json).ToList();
            foreach (var (what, (where, value)) in list)
            {
                var at = where % (bytes.Count + 1);
                if (what > 0 && at < bytes.Count)
                {
                    bytes.RemoveAt(at);
                }

                if (what < 2)
                {
                    bytes.Insert(at, value);
                }
            }

            return Same([.. bytes], many);
        });
    }

    [Property(MaxTest = 5000)]
    public Property Bytes_Random_AreTakenOrRefusedAlike() =>
        Prop.ForAll(Arb.From(UpTo(8, Gen.Elements(Breaking))), Arb.From(Gen.Elements(false, true)), (bytes, many) => Same([.. bytes], many));

    [Fact]
    public void Document_CutAtEachByte_IsTakenOrRefusedAlike()
    {
        var json = Encoding.UTF8.GetBytes($" {{\"a\":[{string.Join(" , ", Scalars)}],\"a\":{{\"b\\u0041\":-12.5e+3}}}} 1 true\"x\" ");

        for (var length = 0; length <= json.Length; length++)
        {
            Assert.True(Same(json[..length], many: false), $"one value, {length} bytes");
            Assert.True(Same(json[..length], many: true), $"many values, {length} bytes");
        }
    }

    [Theory]
    [InlineData("\uFEFF{}")]
    [InlineData("{\"a\":1}x")]
    [InlineData("1 2")]
    [InlineData("1[")]
    [InlineData("1\"a\"")]
    [InlineData("truefalse")]
    [InlineData("// comment\n1")]
    [InlineData("[1,]")]
    [InlineData("{\"a\":1,}")]
    [InlineData("[1/**/]")]
    [InlineData("'a'")]
    [InlineData("NaN")]
    [InlineData("01")]
    [InlineData("-")]
    [InlineData("[1}")]
    [InlineData("{]")]
    public void Document_OfDoubtfulGrammar_IsTakenOrRefusedAlike(string json)
    {
        Assert.True(Same(Encoding.UTF8.GetBytes(json), many: false));
        Assert.True(Same(Encoding.UTF8.GetBytes(json), many: true));
    }

    [Theory]
    [InlineData(JsonTape.MaxDepth, null)]
    [InlineData(JsonTape.MaxDepth + 1, WithheldReason.TooDeep)]
    public void Nesting_AtTheLimit_IsReadAndBeyondWithheld(int depth, WithheldReason? reason)
    {
        foreach (var (open, close) in new[] { ("[", "]"), ("{\"a\":", "}") })
        {
            var json = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(open, depth)) + "1" + string.Concat(Enumerable.Repeat(close, depth)));

            Assert.True(Same(json, many: false));
            Assert.Equal(reason, Ours(json, many: false).Reason);
        }
    }

    [Fact]
    public void Bytes_NoUtf8_AreUnreadable() => Assert.Equal(WithheldReason.Unreadable, Ours([(byte)'"', 0xC3, (byte)'"'], many: false).Reason);

    private static bool Same(byte[] json, bool many) => Ours(json, many).Tokens.SequenceEqual(Theirs(json, many));

    private static (IReadOnlyList<(JsonKind, int, int, int, bool)> Tokens, WithheldReason? Reason) Ours(byte[] json, bool many)
    {
        try
        {
            using var tape = JsonTape.Read(json, many);
            return ([.. Enumerable.Range(0, tape.Count).Select(i => (tape[i].Kind, tape[i].Start, tape[i].Length, tape[i].Next, tape[i].Escaped))], null);
        }
        catch (WithheldException e)
        {
            return (Refused, e.Reason);
        }
    }

    private static IReadOnlyList<(JsonKind, int, int, int, bool)> Theirs(byte[] json, bool many)
    {
        var tokens = new List<(JsonKind Kind, int Start, int Length, int Next, bool Escaped)>();
        var open = new Stack<int>();
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = JsonTape.MaxDepth, AllowMultipleValues = many });
        try
        {
            while (Utf8.IsValid(json) ? reader.Read() : throw new JsonException())
            {
                var (kind, quote) = reader.TokenType switch
                {
                    JsonTokenType.StartObject => (JsonKind.Object, 0),
                    JsonTokenType.StartArray => (JsonKind.Array, 0),
                    JsonTokenType.PropertyName => (JsonKind.Key, 1),
                    JsonTokenType.String => (JsonKind.String, 1),
                    JsonTokenType.Number => (JsonKind.Number, 0),
                    _ => (JsonKind.Literal, 0),
                };
                if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
                {
                    var container = open.Pop();
                    tokens[container] = tokens[container] with { Next = tokens.Count, Length = (int)reader.TokenStartIndex + 1 - tokens[container].Start };
                    continue;
                }

                if (kind is JsonKind.Object or JsonKind.Array)
                {
                    open.Push(tokens.Count);
                }

                tokens.Add((kind, (int)reader.TokenStartIndex + quote, reader.ValueSpan.Length, tokens.Count + 1, quote == 1 && reader.ValueIsEscaped));
            }

            return tokens;
        }
        catch (JsonException)
        {
            return Refused;
        }
    }

    // No document reads so.
    private static readonly (JsonKind, int, int, int, bool)[] Refused = [(JsonKind.Literal, -1, -1, -1, false)];

    private static Gen<string> Node(int depth)
    {
        var blank = Gen.Elements("", "", "", " ", "\n", "\t", "\r\n  ");
        if (depth == 0)
        {
            return Gen.Elements(Scalars);
        }

        var items = UpTo(3, Gen.Zip(blank, Node(depth - 1)));
        var array = Gen.Select(items, list => "[" + string.Join(",", list.Select(i => i.Item1 + i.Item2 + i.Item1)) + "]");
        var keys = Gen.Elements("\"a\"", "\"\"", "\"b\\u0041\"", "\"a longer key than sixteen bytes\"", "\"\u00E9\"");
        var members = UpTo(3, Gen.Zip(blank, Gen.Zip(keys, Node(depth - 1))));
        var map = Gen.Select(members, list => "{" + string.Join(",", list.Select(m => m.Item1 + m.Item2.Item1 + m.Item1 + ":" + m.Item1 + m.Item2.Item2)) + "}");
        return Gen.OneOf(Gen.Elements(Scalars), array, map);
    }

    private static Gen<List<T>> UpTo<T>(int most, Gen<T> item) => Gen.SelectMany(Gen.Choose(0, most), count => Gen.Select(Gen.ListOf(item, count), list => list.ToList()));
}

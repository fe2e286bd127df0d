using Chaperone.Policy.Patterns;

namespace Chaperone.Policy.Reading;

/// <summary>Reads values: strings, numbers, booleans and null.</summary>
internal static class LiteralReader
{
    private const int MaxNumber = 256;

    /// <summary>One value or a list of them; what is none is reported and left out.</summary>
    public static Literal[] ReadAny(YamlNode node, string path, PolicyProblems problems) => node is YamlSequence list
        ? [.. list.Items.Select((item, i) => Read(item, $"{path}[{i}]", problems)).OfType<Literal>()]
        : Read(node, path, problems) is { } single ? [single] : [];

    /// <summary>Reads one; null when it is none (reported).</summary>
    public static Literal? Read(YamlNode node, string path, PolicyProblems problems)
    {
        switch (node)
        {
            case YamlScalar { IsString: true } text:
                return new Literal(LiteralKind.Text, text.Text);
            case YamlScalar { Kind: "a boolean" } truth:
                return new Literal(LiteralKind.Truth, truth.Text);
            case YamlScalar { Kind: "empty", Text.Length: > 0 } nothing:
                return new Literal(LiteralKind.Nothing, nothing.Text);
            case YamlScalar { Kind: "a number" } number when IsDecimal(number):
                return new Literal(LiteralKind.Number, number.Text);
            case YamlScalar { Kind: "a number" }:
                problems.Add(node, path, "is no decimal number", "write it with decimal digits, or in quotes");
                return null;
            default:
                problems.Add(node, path, $"must be a single value, is {node.Kind}", "write a string, number, true, false or null");
                return null;
        }
    }

    /// <summary>Reads a bound; null when absent or wrong (reported).</summary>
    public static Numeral? ReadNumber(YamlFields fields, string key)
    {
        switch (fields.Find(key))
        {
            case null:
                return null;
            case YamlScalar { IsPlain: true } scalar when IsDecimal(scalar):
                return Numeral.Parse(scalar.Text);
            case var wrong:
                fields.Report(wrong, key, "must be a decimal number", $"write {key}: 100");
                return null;
        }
    }

    private static bool IsDecimal(YamlScalar scalar) => scalar.Text.Length <= MaxNumber && Numeral.Parse(scalar.Text) is not null;
}

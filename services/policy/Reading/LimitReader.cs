using System.Globalization;
using System.Text.RegularExpressions;
using Chaperone.Policy.Documents;

namespace Chaperone.Policy.Reading;

/// <summary>Reads <c>limits</c> of a rule or of a server.</summary>
internal static partial class LimitReader
{
    private const int MostCalls = 1_000_000;
    private const int MostConcurrent = 10_000;
    private const int MostRows = 1_000_000_000;
    private const long MostBytes = 1_000_000_000_000_000;

    /// <summary>What they say, counted under <paramref name="name"/>; null when absent or wrong (reported).</summary>
    public static LimitTerms? Read(YamlFields fields, string name, PolicyProblems problems)
    {
        if (fields.Find("limits") is not { } node
            || YamlFields.Open(node, fields.PathOf("limits"), problems, "per", "calls_per_minute", "concurrent", "rows_per_hour", "bytes_per_hour") is not { } limits)
        {
            return null;
        }

        var terms = new LimitTerms(
            name,
            ReadScope(limits),
            limits.Whole("calls_per_minute", 1, MostCalls),
            limits.Whole("concurrent", 1, MostConcurrent),
            limits.Whole("rows_per_hour", 1, MostRows),
            ReadBytes(limits));
        string[] amounts = ["calls_per_minute", "concurrent", "rows_per_hour", "bytes_per_hour"];
        if (amounts.All(a => limits.Find(a) is null))
        {
            fields.Report(node, "limits", "limits nothing", "write limits: { calls_per_minute: 60 }");
        }

        return terms;
    }

    private static LimitScope ReadScope(YamlFields limits)
    {
        var scope = LimitScope.None;
        foreach (var text in limits.Texts("per", "per: [principal, tool]"))
        {
            switch (text.Text)
            {
                case "principal": scope |= LimitScope.Principal; break;
                case "client": scope |= LimitScope.Client; break;
                case "server": scope |= LimitScope.Server; break;
                case "tool": scope |= LimitScope.Target; break;
                case "everyone": break;
                default: limits.Report(text, "per", "is nothing that limits are counted for", "use principal, client, server or tool, or everyone alone"); break;
            }
        }

        return limits.Find("per") is null ? LimitScope.Principal : scope;
    }

    private static long? ReadBytes(YamlFields limits)
    {
        switch (limits.Find("bytes_per_hour"))
        {
            case null:
                return null;
            case YamlScalar scalar when Bytes().Match(scalar.Text) is { Success: true } match
                && long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) * Factor(match.Groups[2].Value) is var bytes and > 0 and <= MostBytes:
                return bytes;
            case var wrong:
                limits.Report(wrong, "bytes_per_hour", "is no number of bytes", "write bytes_per_hour: 50MB, or a whole number");
                return null;
        }
    }

    private static long Factor(string unit) => unit switch
    {
        "KB" => 1_000,
        "MB" => 1_000_000,
        "GB" => 1_000_000_000,
        _ => 1,
    };

    [GeneratedRegex(@"^([0-9]{1,15})(KB|MB|GB)?\z", RegexOptions.NonBacktracking)]
    private static partial Regex Bytes();
}

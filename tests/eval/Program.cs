using Chaperone.Eval;
using Chaperone.Masking;

const int Neighbourhood = 40;

if (Options.Parse(args) is not { } options)
{
    return 2;
}

var measured = new Measurement(options.Data, options.Half, Leaked, Unlabelled);
measured.Run();
var report = Report.Of(measured);
if (options.Out is { } file)
{
    await File.WriteAllTextAsync(file, report);
}

if (options.Leaks is null && options.Unlabelled is null)
{
    Console.Write(report);
}

return 0;

void Leaked(string set, GoldRecord record, GoldSpan span)
{
    if (options.Leaks is { } wanted && (wanted == "all" || wanted.Equals(span.Class.ToString(), StringComparison.OrdinalIgnoreCase)))
    {
        Print(set, span.Class.ToString(), record, span.Start, span.End);
    }
}

void Unlabelled(string set, GoldRecord record, TextFinding finding)
{
    if (options.Unlabelled is { } wanted && (wanted == "all" || wanted == finding.Type))
    {
        Print(set, finding.Type, record, finding.Start, finding.End);
    }
}

void Print(string set, string type, GoldRecord record, int start, int end)
{
    if (options.Set is null || options.Set == set)
    {
        var before = record.Text[Math.Max(0, start - Neighbourhood)..start];
        var after = record.Text[end..Math.Min(record.Text.Length, end + Neighbourhood)];
        Console.WriteLine($"{set}\t{type}\t{before}«{record.Text[start..end]}»{after}".Replace('\n', '⏎').Replace('\r', '⏎'));
    }
}

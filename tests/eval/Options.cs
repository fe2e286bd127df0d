namespace Chaperone.Eval;

/// <summary>The command line: <c>--data DIR --out FILE --half all|tune|check --leaks CLASS --unlabelled TYPE --set NAME</c>.</summary>
internal sealed record Options
{
    public string Data { get; init; } = "../shared/phi-data";

    /// <summary>The document to write; null writes none.</summary>
    public string? Out { get; init; }

    public Half Half { get; init; }

    /// <summary>Print what leaks of a class (<c>all</c>: of every class) to the terminal, with its neighbourhood; the data is synthetic.</summary>
    public string? Leaks { get; init; }

    /// <summary>Print findings of a type that touch no label, the same way.</summary>
    public string? Unlabelled { get; init; }

    /// <summary>Print of this set only.</summary>
    public string? Set { get; init; }

    /// <summary>Null, with the reason on standard error, where the command line is wrong.</summary>
    public static Options? Parse(string[] args)
    {
        var options = new Options();
        for (var i = 0; i + 1 < args.Length; i += 2)
        {
            var value = args[i + 1];
            var next = args[i] switch
            {
                "--data" => options with { Data = value },
                "--out" => options with { Out = value },
                "--half" when Enum.TryParse<Half>(value, ignoreCase: true, out var half) => options with { Half = half },
                "--leaks" => options with { Leaks = value },
                "--unlabelled" => options with { Unlabelled = value },
                "--set" => options with { Set = value },
                _ => null,
            };
            if (next is null)
            {
                Console.Error.WriteLine($"Cannot read {args[i]} {value}.");
                return null;
            }

            options = next;
        }

        if (args.Length % 2 == 1 || !Directory.Exists(options.Data))
        {
            Console.Error.WriteLine(args.Length % 2 == 1 ? $"{args[^1]} lacks its value." : "There is no labelled data there. Name its directory with --data.");
            return null;
        }

        return options;
    }
}

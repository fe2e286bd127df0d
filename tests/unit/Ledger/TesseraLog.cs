namespace Chaperone.Ledger.Tests;

/// <summary>Facts of the test log in transparency-dev/tessera (testdata): made by software that is not ours.</summary>
public static class TesseraLog
{
    public const string Root = "rKbDipCvhuX1GZ7g5BBe8sA6BbJ7ja/1nk427v383cs=";

    public const string VerifierKey = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

    public const string Checkpoint =
        $"""
        example.com/log/testdata
        15
        {Root}

        — example.com/log/testdata M9e0luh4jTG+UMBqOUo9/q+yAEvx1ilBEniMvjf1zfcBOhg+CKubMt53MvIt/uEWP6zdkdIQzd/fmwlM/dlPWF74ewI=

        """;

    public static IReadOnlyList<string> Entries { get; } =
    [
        "one", "two", "three", "four", "five", "six", "seven", "eit", "nain", "ten", "ileven", "twelf", "threeten", "fourten", "fivten",
    ];
}

namespace Chaperone.Masking.Deep;

/// <summary>Says everything that is wrong with <see cref="DeepOptions"/> at once, as far as it can be told without the model.</summary>
public static class DeepOptionsCheck
{
    private const int Sha256Digits = 64;

    /// <summary>One sentence for each problem, naming key, value and remedy; none where the tier is off. <paramref name="whole"/> is <c>Masking:TimeBudget</c>, in which its time lies.</summary>
    public static IEnumerable<string> Errors(DeepOptions options, TimeSpan whole)
    {
        if (options.Folder is null)
        {
            yield break;
        }

        if (!File.Exists(Path.Combine(options.Folder, options.Model)))
        {
            yield return $"Masking:Deep:Folder is {options.Folder}, where no {options.Model} can be read; name the folder that holds it, and the file in Masking:Deep:Model.";
        }

        if (options.Sha256 is not { Length: Sha256Digits } || options.Sha256.Any(c => !char.IsAsciiHexDigit(c)))
        {
            yield return $"Masking:Deep:Sha256 is {options.Sha256?.Length ?? 0} characters long; give the model's SHA-256 in {Sha256Digits} hexadecimal digits, as sha256sum prints it.";
        }

        foreach (var (label, name) in options.Labels.Where(l => DeepLabels.ClassOf(l.Value) is null))
        {
            yield return $"Masking:Deep:Labels:{label} is {name}; give {string.Join(", ", DeepLabels.ClassNames)} or none.";
        }

        if (options.TimeBudget < TimeSpan.FromMilliseconds(10) || options.TimeBudget >= whole)
        {
            yield return $"Masking:Deep:TimeBudget is {options.TimeBudget}; give at least 00:00:00.010 and less than Masking:TimeBudget, which is {whole}.";
        }

        foreach (var (key, value, least, most) in Ranges(options))
        {
            if (value < least || value > most)
            {
                yield return FormattableString.Invariant($"Masking:Deep:{key} is {value}; give {least} to {most}.");
            }
        }

        if (options.Runtime is { } file && !File.Exists(file))
        {
            yield return $"Masking:Deep:Runtime is {file}, which cannot be read; name ONNX Runtime's library, or leave it out.";
        }
    }

    private static IEnumerable<(string Key, double Value, double Least, double Most)> Ranges(DeepOptions options) =>
    [
        ("MaxModelBytes", options.MaxModelBytes, 1, Array.MaxLength),
        ("Threshold", options.Threshold, 0.05, 0.99),
        ("MaxTokens", options.MaxTokens, 8, 8192),
        ("Overlap", options.Overlap, 0, (options.MaxTokens / 2) - 1),
        ("Threads", options.Threads, 1, 64),
        ("OnFailure", (int)options.OnFailure, 0, 1),
    ];
}

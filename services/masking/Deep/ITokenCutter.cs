namespace Chaperone.Masking.Deep;

/// <summary>Cuts a text into words, and words into the tokens of a model. Thread-safe.</summary>
internal interface ITokenCutter
{
    /// <summary>Token before each window; null where the model wants none.</summary>
    int? Before { get; }

    /// <summary>Token behind each window; null where the model wants none.</summary>
    int? Behind { get; }

    /// <summary>Adds the words of <paramref name="text"/>, in their order.</summary>
    void Cut(ReadOnlySpan<char> text, DeepWords words);
}

namespace Chaperone.Masking.Deep;

/// <summary>
/// Settings under <c>Masking:Deep</c>: a token classifier in ONNX that the operator mounts, which reads free text after the engine's own
/// detectors. Off while <see cref="Folder"/> is not set: nothing of it is loaded then.
/// </summary>
public sealed class DeepOptions
{
    /// <summary>Folder with the model, its <c>config.json</c> and its <c>tokenizer.json</c> or <c>vocab.txt</c>; it is only read. Default: none, which turns the tier off.</summary>
    public string? Folder { get; set; }

    /// <summary>File of the model in <see cref="Folder"/>; default <c>model.onnx</c>. It must hold all its weights: files beside it are not read.</summary>
    public string Model { get; set; } = "model.onnx";

    /// <summary>SHA-256 of the model's file in 64 hexadecimal digits; a file with another one is refused.</summary>
    public string? Sha256 { get; set; }

    /// <summary>Largest model that is loaded, in bytes; default 1 GiB, 1 to 2147483591. Its weights are in memory as long as the process runs, and twice while it is loaded.</summary>
    public long MaxModelBytes { get; set; } = 1L << 30;

    /// <summary>
    /// What the model's labels (without <c>B-</c>, <c>I-</c> and their like) are: a class of the policy file, <c>secret</c>, or <c>none</c> for what stays.
    /// Usual labels (<c>PER</c>, <c>PATIENT</c>, <c>LOC</c>, <c>DATE</c> ...) are known; a label that neither names is an error at start.
    /// </summary>
    public Dictionary<string, string> Labels { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How likely a word must be of any class, all of them together, to be masked as the likeliest; default 0.5, 0.05 to 0.99. Lower masks more.</summary>
    public double Threshold { get; set; } = 0.5;

    /// <summary>Longest time that the model may spend on one call, all its texts together; default 700 ms, 10 ms to 1 minute. Keep it under <c>Masking:TimeBudget</c>.</summary>
    public TimeSpan TimeBudget { get; set; } = TimeSpan.FromMilliseconds(700);

    /// <summary>Most tokens that the model reads at once, its own marks included; default 512, 8 to 8192. Longer texts are read in windows.</summary>
    public int MaxTokens { get; set; } = 512;

    /// <summary>Tokens that two windows share, so that each word is read with its neighbours; default 64, less than half of <see cref="MaxTokens"/>.</summary>
    public int Overlap { get; set; } = 64;

    /// <summary>Threads that work on one text; default 1, 1 to 64. Workers mask several calls at once, so more of them seldom helps.</summary>
    public int Threads { get; set; } = 1;

    /// <summary>What becomes of a text that the model could not read in time, or failed on; default <see cref="DeepFailure.Withhold"/>.</summary>
    public DeepFailure OnFailure { get; set; } = DeepFailure.Withhold;

    /// <summary>File of ONNX Runtime's library; default: <c>libonnxruntime.so</c> beside the programs or where the system looks for libraries.</summary>
    public string? Runtime { get; set; }
}

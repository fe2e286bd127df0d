using System.Security.Cryptography;
using System.Text.Json;

namespace Chaperone.Masking.Deep;

/// <summary>Reads the files of a model; never writes.</summary>
internal static class ModelFolder
{
    private const int Deepest = 64;
    private const long LargestConfig = 4L << 20;

    /// <summary>The labels of the model in <paramref name="folder"/>.</summary>
    public static DeepLabels ReadLabels(string folder, IReadOnlyDictionary<string, string> own)
    {
        using var config = ReadJson(Path.Combine(folder, "config.json"), LargestConfig);
        return DeepLabels.Read(config.RootElement, own);
    }

    /// <summary>The model's bytes, read once: those that were pinned are those that are loaded.</summary>
    /// <exception cref="InvalidDataException">It is too large, another one than was pinned, or its weights lie in other files.</exception>
    public static byte[] ReadModel(DeepOptions options)
    {
        var bytes = ReadBytes(Path.Combine(options.Folder!, options.Model), options.MaxModelBytes);
        var digest = Convert.ToHexString(SHA256.HashData(bytes));
        if (!digest.Equals(options.Sha256, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidDataException($"{options.Model} has the SHA-256 {digest.ToLowerInvariant()}, and another one is pinned in Masking:Deep:Sha256. If this is the model that you checked, pin it.");
        }

        return OnnxFile.HoldsItsWeights(bytes) switch
        {
            true => bytes,
            false => throw new InvalidDataException($"{options.Model} keeps weights in other files, which no pin covers; export it as one file."),
            null => throw new InvalidDataException($"{options.Model} is no model in ONNX."),
        };
    }

    public static byte[] ReadBytes(string file, long most)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
            if (stream.Length > most)
            {
                throw new InvalidDataException($"{file} is {stream.Length} bytes long; at most {most} are read.");
            }

            var bytes = GC.AllocateUninitializedArray<byte>((int)stream.Length);
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{file} cannot be read: {e.Message}", e);
        }
    }

    public static JsonDocument ReadJson(string file, long most)
    {
        try
        {
            return JsonDocument.Parse(ReadBytes(file, most), new JsonDocumentOptions { MaxDepth = Deepest });
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{file} is no JSON: {e.Message}", e);
        }
    }
}

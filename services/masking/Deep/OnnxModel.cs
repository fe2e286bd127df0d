using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using SessionOptions = Microsoft.ML.OnnxRuntime.SessionOptions;

namespace Chaperone.Masking.Deep;

/// <summary>A token classifier that is loaded. Thread-safe. Nothing but this file names ONNX Runtime, and its library is loaded with the first model.</summary>
internal sealed class OnnxModel : IDisposable
{
    private const string Ids = "input_ids";
    private const string Mask = "attention_mask";
    private const string Kinds = "token_type_ids";
    private const string Library = "onnxruntime";

    private static readonly Lock Loading = new();
    private static string? _library;

    private readonly InferenceSession _session;
    private readonly string[] _inputs;
    private readonly string[] _outputs;
    private readonly bool _short;
    private readonly int _labels;

    /// <summary>Loads <paramref name="bytes"/>; its answers have <paramref name="labels"/> numbers a token.</summary>
    /// <exception cref="InvalidDataException">ONNX Runtime is not there or refuses the model, or it is no token classifier.</exception>
    public OnnxModel(byte[] bytes, int labels, int threads, string? library)
    {
        _labels = labels;
        UseLibrary(library);
        try
        {
            using var options = new SessionOptions
            {
                IntraOpNumThreads = threads,
                InterOpNumThreads = 1,
                ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
                GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,

                // Texts differ in length: what the longest one took would be kept for ever.
                EnableCpuMemArena = false,
                EnableMemoryPattern = false,

                // Its messages may quote what it was given.
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
            };
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
            _session = new InferenceSession(bytes, options);
        }
        catch (Exception e) when (e is OnnxRuntimeException or DllNotFoundException or TypeInitializationException or EntryPointNotFoundException)
        {
            throw new InvalidDataException(e is OnnxRuntimeException
                ? $"ONNX Runtime refuses the model: {e.Message}"
                : "ONNX Runtime's library cannot be loaded; put libonnxruntime.so beside the programs, or name it in Masking:Deep:Runtime (docs/masking.md).", e);
        }

        _inputs = [.. _session.InputMetadata.Keys];
        _outputs = [_session.OutputMetadata.ContainsKey("logits") ? "logits" : _session.OutputMetadata.Keys.First()];
        var types = _session.InputMetadata.Values.Select(m => m.ElementDataType).Distinct().ToArray();
        if (!_inputs.Contains(Ids) || _inputs.Except([Ids, Mask, Kinds]).Any() || types is not [TensorElementType.Int64 or TensorElementType.Int32])
        {
            _session.Dispose();
            throw new InvalidDataException($"The model takes {string.Join(", ", _inputs)}; a token classifier takes {Ids}, and may take {Mask} and {Kinds}, as int64 or int32.");
        }

        _short = types[0] == TensorElementType.Int32;
        Length = _session.InputMetadata[Ids].Dimensions is [_, > 0 and var length] ? length : null;
    }

    /// <summary>How many tokens the model always takes; null where it takes as many as there are.</summary>
    public int? Length { get; }

    /// <summary>
    /// What the model answers for <paramref name="tokens"/>: for each one number a label (logits), one token after another.
    /// Null where that is not what it should be. The token ends the run between two steps of the model.
    /// </summary>
    /// <exception cref="OnnxRuntimeException">The run failed or was ended.</exception>
    public float[]? Run(ReadOnlySpan<int> tokens, CancellationToken cancellationToken)
    {
        var length = Length ?? tokens.Length;
        var ids = new long[length];
        var mask = new long[length];
        for (var i = 0; i < tokens.Length; i++)
        {
            (ids[i], mask[i]) = (tokens[i], 1);
        }

        using var run = new RunOptions();

        // Disposed before the options: a registration waits until its call is over.
        using var end = cancellationToken.UnsafeRegister(static options => ((RunOptions)options!).Terminate = true, run);
        OrtValue[] inputs = [.. _inputs.Select(name => Input(name == Ids ? ids : name == Mask ? mask : new long[length]))];
        try
        {
            using var outputs = _session.Run(run, _inputs, inputs, _outputs);
            return Read(outputs[0], tokens.Length, length);
        }
        finally
        {
            foreach (var input in inputs)
            {
                input.Dispose();
            }
        }
    }

    public void Dispose() => _session.Dispose();

    private OrtValue Input(long[] values) => _short
        ? OrtValue.CreateTensorValueFromMemory(System.Array.ConvertAll(values, v => (int)v), [1, values.Length])
        : OrtValue.CreateTensorValueFromMemory(values, [1, values.Length]);

    private float[]? Read(OrtValue output, int tokens, int length)
    {
        var shape = output.GetTensorTypeAndShape();
        if (shape.Shape is not [1, var rows, var columns] || rows != length || columns != _labels)
        {
            return null;
        }

        float[]? logits = shape.ElementDataType switch
        {
            TensorElementType.Float => output.GetTensorDataAsSpan<float>()[..(tokens * _labels)].ToArray(),
            TensorElementType.Float16 => System.Array.ConvertAll(output.GetTensorDataAsSpan<Float16>()[..(tokens * _labels)].ToArray(), half => (float)half),
            _ => null,
        };
        return logits is null || System.Array.Exists(logits, l => !float.IsFinite(l)) ? null : logits;
    }

    // The library need not lie where the loader looks: the operator may have put it elsewhere. The first model decides for the process.
    private static void UseLibrary(string? file)
    {
        lock (Loading)
        {
            if (_library is not null || file is null)
            {
                return;
            }

            _library = file;
            AssemblyLoadContext.Default.ResolvingUnmanagedDll += Resolve;
        }
    }

    private static nint Resolve(Assembly assembly, string name) =>
        name.Contains(Library, StringComparison.Ordinal) && NativeLibrary.TryLoad(_library!, out var handle) ? handle : 0;
}

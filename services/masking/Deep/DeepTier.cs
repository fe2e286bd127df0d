using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;

namespace Chaperone.Masking.Deep;

/// <summary>Reads texts with the operator's model. Thread-safe; its memory is the model's and that of the texts being read.</summary>
public sealed class DeepTier : IDisposable
{
    private const string Sample = "Seen by Dr. Ann Lee at Elm Clinic on 2021-03-04. ";
    private const int TokensOfSample = 8;
    private const int LeastCapacity = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly DeepOptions _options;
    private readonly TimeProvider _time;
    private readonly DeepLabels _labels;
    private readonly ITokenCutter _cutter;
    private readonly OnnxModel _model;
    private readonly int _capacity;

    private DeepTier(DeepOptions options, TimeProvider time, DeepLabels labels, ITokenCutter cutter, OnnxModel model)
    {
        (_options, _time, _labels, _cutter, _model) = (options, time, labels, cutter, model);
        _capacity = Math.Min(options.MaxTokens, model.Length ?? options.MaxTokens) - (cutter.Before is null ? 0 : 1) - (cutter.Behind is null ? 0 : 1);
    }

    /// <summary>How many labels the model knows.</summary>
    public int Labels => _labels.Count;

    /// <summary>Time for all texts of one call.</summary>
    internal TimeSpan TimeBudget => _options.TimeBudget;

    /// <summary>True where a text that was not read is withheld.</summary>
    internal bool Withholds => _options.OnFailure == DeepFailure.Withhold;

    /// <summary>Loads the model of <paramref name="options"/>, which <see cref="DeepOptionsCheck"/> found nothing wrong with, and reads a sample as long as its longest window.</summary>
    /// <exception cref="InvalidDataException">A file cannot be read, is too large, not what was pinned, or not what it should be; the message says what to do.</exception>
    public static DeepTier Open(DeepOptions options, TimeProvider time)
    {
        try
        {
            var labels = ModelFolder.ReadLabels(options.Folder!, options.Labels);
            var cutter = TokenizerFile.Read(options.Folder!);
            var tier = new DeepTier(options, time, labels, cutter, new OnnxModel(ModelFolder.ReadModel(options), labels.Count, options.Threads, options.Runtime));
            var samples = string.Concat(Enumerable.Repeat(Sample, (Math.Max(tier._capacity, 1) / TokensOfSample) + 1));
            var sample = tier._capacity < LeastCapacity ? null : tier.Read(samples, [], Patience, out _);
            if (sample is not { Outcome: DeepOutcome.Read })
            {
                tier.Dispose();
                throw new InvalidDataException($"{options.Model} does not read {tier._capacity} tokens: for each it must answer {labels.Count} numbers, as many as config.json has labels, within {Patience.TotalSeconds} seconds. If it takes fewer tokens at once, lower Masking:Deep:MaxTokens.");
            }

            if (sample.Finds.Count == 0)
            {
                tier.Dispose();
                throw new InvalidDataException($"{options.Model} finds nobody and no day in its sample \"{Sample.TrimEnd()}\": config.json or the tokenizer's files are those of another model, its labels for people and days are set to none, or Masking:Deep:Threshold is too high.");
            }

            return tier;
        }

        // What a file holds in the wrong place, as System.Text.Json, the tokenizer and the expressions of .NET say it.
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or ArgumentException or FormatException or IndexOutOfRangeException)
        {
            throw new InvalidDataException($"The tokenizer's files of Masking:Deep:Folder cannot be used: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    /// <summary>Reads <paramref name="text"/> in at most <paramref name="budget"/>; what lies in <paramref name="masked"/> is passed over.</summary>
    internal DeepText Read(ReadOnlySpan<char> text, IReadOnlyList<(int Start, int End)> masked, TimeSpan budget, out TimeSpan spent)
    {
        var start = _time.GetTimestamp();
        spent = TimeSpan.Zero;
        if (budget <= TimeSpan.Zero)
        {
            return new DeepText(DeepOutcome.TooSlow, []);
        }

        using var end = new CancellationTokenSource(budget, _time);
        DeepText read;
        try
        {
            read = Read(text, masked, end.Token);
        }
        catch (OnnxRuntimeException)
        {
            read = new DeepText(end.IsCancellationRequested ? DeepOutcome.TooSlow : DeepOutcome.Failed, []);
        }
        catch (OperationCanceledException)
        {
            read = new DeepText(DeepOutcome.TooSlow, []);
        }

        // A tokenizer that trips over a text: its words may hold some of it.
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or IndexOutOfRangeException or System.Text.RegularExpressions.RegexMatchTimeoutException)
        {
            read = new DeepText(DeepOutcome.Failed, []);
        }

        spent = _time.GetElapsedTime(start);
        return read;
    }

    private DeepText Read(ReadOnlySpan<char> text, IReadOnlyList<(int Start, int End)> masked, CancellationToken cancellationToken)
    {
        var words = new DeepWords(cancellationToken);
        _cutter.Cut(text, words);
        var votes = new DeepVotes(words.Words.Length);
        for (var first = 0; first < words.Words.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var last = Window(words.Words, first);
            if (Run(words, first, last, cancellationToken) is not { } logits)
            {
                return new DeepText(DeepOutcome.Failed, []);
            }

            Vote(words.Words, first, last, logits, votes);
            first = last == words.Words.Length ? last : Next(words.Words, first, last);
        }

        return new DeepText(DeepOutcome.Read, votes.ToFinds(text, words.Words, masked, (float)_options.Threshold));
    }

    // The words that fit into one window: the number behind the last of them.
    private int Window(ReadOnlySpan<DeepWord> words, int first)
    {
        var last = first;
        for (var room = _capacity; last < words.Length && (words[last].Count <= room || last == first); last++)
        {
            room -= words[last].Count;
        }

        return last;
    }

    // The next window begins so many words earlier as their tokens may be read twice.
    private int Next(ReadOnlySpan<DeepWord> words, int first, int last)
    {
        // What the model takes may be less than MaxTokens.
        var overlap = Math.Min(_options.Overlap, _capacity / 2);
        var next = last;
        for (var shared = words[next - 1].Count; next - 1 > first && shared <= overlap; shared += words[next - 1].Count)
        {
            next--;
        }

        return next;
    }

    private float[]? Run(DeepWords words, int first, int last, CancellationToken cancellationToken)
    {
        var from = words.Words[first].First;
        var to = Math.Min(words.Words[last - 1].First + words.Words[last - 1].Count, from + _capacity);
        var tokens = new List<int>(to - from + 2);
        if (_cutter.Before is { } before)
        {
            tokens.Add(before);
        }

        tokens.AddRange(words.Tokens[from..to]);
        if (_cutter.Behind is { } behind)
        {
            tokens.Add(behind);
        }

        var logits = _model.Run(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(tokens), cancellationToken);
        return logits is null ? null : _cutter.Before is null ? logits : logits[_labels.Count..];
    }

    private void Vote(ReadOnlySpan<DeepWord> words, int first, int last, float[] logits, DeepVotes votes)
    {
        Debug.Assert(last > first, "A window has words.");
        for (var i = first; i < last; i++)
        {
            var at = words[i].First - words[first].First;
            for (var token = at; token < at + words[i].Count && (token + 1) * _labels.Count <= logits.Length; token++)
            {
                votes.Add(i, logits.AsSpan(token * _labels.Count, _labels.Count), _labels, isFirst: token == at);
            }
        }
    }
}

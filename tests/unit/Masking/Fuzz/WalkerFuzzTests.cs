using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Chaperone.Masking.Tests.Fuzz;

/// <summary>
/// Attack: content made so that a walker crashes, hangs, or loses sight of what stands behind it. Seeded, so that every run is the
/// same; <c>CHAPERONE_FUZZ_SECONDS</c> makes it go on for so long, from a seed of its own each time.
/// </summary>
public sealed class WalkerFuzzTests
{
    private const string Variable = "CHAPERONE_FUZZ_SECONDS";
    private const int Rounds = 4000;
    private const int MostChanges = 6;
    private const int LongestText = 20_000;
    private const string Planted = "219-09-9999";
    private const string Behind = "\n\nThe SSN is " + Planted + ".\n";

    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(60);
    private static readonly Masker Masker = new(new MaskingOptions { TimeBudget = TimeSpan.FromMinutes(1) }, TimeProvider.System);

    [Fact]
    public void Walkers_OfMutatedContent_NeitherFailNorHangNorHideWhatFollows()
    {
        var seconds = int.TryParse(Environment.GetEnvironmentVariable(Variable), NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) ? wanted : 0;
        var seed = seconds > 0 ? (uint)Stopwatch.GetTimestamp() | 1 : 20261127u;
        var started = Stopwatch.GetTimestamp();
        for (var round = 0; seconds > 0 ? Stopwatch.GetElapsedTime(started).TotalSeconds < seconds : round < Rounds; round++)
        {
            var before = seed;
            var problem = Round(ref seed);

            Assert.True(problem is null, $"seed {before}: {problem}");
        }
    }

    /// <summary>Masks one mutated message; what went wrong, or null.</summary>
    internal static string? Round(ref uint seed)
    {
        var seedText = WalkerSeeds.Texts[Next(ref seed, WalkerSeeds.Texts.Length)];
        var bytes = Next(ref seed, 4) == 0;
        var text = bytes ? seedText : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(Mutate(seedText, ref seed)));
        var message = WalkerSeeds.Message(text + Behind);
        for (var i = Next(ref seed, MostChanges); bytes && i >= 0; i--)
        {
            message[Next(ref seed, message.Length)] = (byte)Next(ref seed, 256);
        }

        var started = Stopwatch.GetTimestamp();
        var masked = Masker.Mask(message, MaskingProfile.SafeHarbor, MaskingBench.ToolCall);
        if (Stopwatch.GetElapsedTime(started) > Hang)
        {
            return $"hangs\n{Encoding.UTF8.GetString(message)}";
        }

        if (masked.Reason == WithheldReason.Failed || (!bytes && masked.Reason is not (WithheldReason.None or WithheldReason.TooDeep)))
        {
            return $"{masked.Reason}\n{Encoding.UTF8.GetString(message)}";
        }

        using var parsed = JsonDocument.Parse(masked.Bytes);
        return !bytes && Encoding.UTF8.GetString(masked.Bytes.Span).Contains(Planted, StringComparison.Ordinal)
            ? $"hides what follows\n{Encoding.UTF8.GetString(message)}\n{Encoding.UTF8.GetString(masked.Bytes.Span)}"
            : null;
    }

    private static string Mutate(string text, ref uint seed)
    {
        for (var i = Next(ref seed, MostChanges); i >= 0; i--)
        {
            var at = Next(ref seed, text.Length + 1);
            var length = Math.Min(Next(ref seed, 1 + Next(ref seed, 60)), text.Length - at);
            var other = WalkerSeeds.Texts[Next(ref seed, WalkerSeeds.Texts.Length)];
            var start = Next(ref seed, other.Length);
            text = Next(ref seed, 8) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, text.Substring(at, length)),
                2 => text[..at] + other[start..],
                3 => text[..at],
                4 => text.Insert(at, other.Substring(start, Math.Min(Next(ref seed, 80), other.Length - start))),
                5 => text.Insert(at, string.Concat(Enumerable.Repeat(WalkerSeeds.Marks[Next(ref seed, WalkerSeeds.Marks.Length)], 1 + Next(ref seed, 40)))),
                _ => text.Insert(at, WalkerSeeds.Marks[Next(ref seed, WalkerSeeds.Marks.Length)]),
            };
        }

        return text.Length > LongestText ? text[..LongestText] : text;
    }

    // Xorshift: the same on every machine.
    private static int Next(ref uint seed, int below)
    {
        seed ^= seed << 13;
        seed ^= seed >> 17;
        seed ^= seed << 5;
        return (int)(seed % (uint)below);
    }
}

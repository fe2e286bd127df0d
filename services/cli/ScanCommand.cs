using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using Chaperone.Bus.Sealing;
using Chaperone.Masking;
using Chaperone.Masking.Deep;

namespace Chaperone.Cli;

/// <summary><c>chaperone scan</c>: what the masking engine finds in a text, and what it makes of it.</summary>
internal sealed class ScanCommand(TextWriter output, TextWriter error, Func<Stream> standardInput)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Argument<string> _file = new("FILE")
    {
        Description = "File to read, in UTF-8; - or nothing: standard input.",
        DefaultValueFactory = _ => TextInput.FromStandardInput,
    };

    private readonly Option<bool> _jsonl = new("--jsonl")
    {
        Description = "The input is one {\"id\":...,\"text\":\"...\"} a line, each scanned for itself. Default: the input is one text; JSON, HL7 v2, CSV and tables are told from prose by themselves.",
    };

    private readonly Option<bool> _mask = new("--mask")
    {
        Description = "Write the masked text (with --jsonl: {\"id\":...,\"text\":\"...\"} lines) in the place of findings.",
    };

    private readonly Option<string> _profile = new("--profile")
    {
        Description = "Masking profile.",
        DefaultValueFactory = _ => "safe-harbor",
    };

    private readonly Option<string?> _key = new("--key")
    {
        Description = "masking.key of the gateway, so that --profile linked makes the same tokens. Default: a key of this run alone.",
    };

    private readonly Option<bool> _deep = new("--deep")
    {
        Description = "Let the operator's own model read too, as the settings Masking:Deep say: variables of the environment, or of --env-file.",
    };

    private readonly Option<string[]> _files = new("--env-file")
    {
        Description = "File of NAME=value lines with the masking room's settings, for --deep; may be given several times, the last wins. Variables of the environment come after them.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _stats = new("--stats")
    {
        Description = "Say on standard error how many identifiers of each class were found, and how long that took.",
    };

    public static Command Create(TextWriter output, TextWriter error, Func<Stream> standardInput)
    {
        var scan = new ScanCommand(output, error, standardInput);
        scan._profile.AcceptOnlyFromAmong("safe-harbor", "session", "linked", "review");
        var command = new Command(
            "scan",
            "Finds identifiers in a text as the gateway would, and writes them as JSON lines {\"id\":...,\"spans\":[{\"start\":...,\"end\":...,\"type\":...,\"score\":...}]}: "
            + "offsets in UTF-16 units, the end exclusive, never a value. A text that cannot be masked is one find of type WITHHELD. "
            + "Exit codes: 0 all was scanned; 1 a text was withheld; 2 the command line is wrong, or the input cannot be read.");
        command.Arguments.Add(scan._file);
        command.Options.Add(scan._jsonl);
        command.Options.Add(scan._mask);
        command.Options.Add(scan._profile);
        command.Options.Add(scan._key);
        command.Options.Add(scan._deep);
        command.Options.Add(scan._files);
        command.Options.Add(scan._stats);
        command.SetAction(scan.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var statistics = new ScanStatistics(TimeProvider.System);
            var file = parsed.GetValue(_file)!;
            using var deep = parsed.GetValue(_deep) ? DeepSettings.Open(parsed.GetValue(_files) ?? []) : null;
            var scan = Scanner(parsed, deep);
            await using var input = TextInput.Open(file, standardInput);
            if (parsed.GetValue(_jsonl))
            {
                await ScanLinesAsync(input, parsed, scan, statistics, cancellationToken);
            }
            else
            {
                await ScanWholeAsync(input, file, parsed, scan, statistics, cancellationToken);
            }

            await SayAsync(statistics, parsed.GetValue(_stats));
            return statistics.Withheld == 0 ? ExitCode.Intact : ExitCode.Tampered;
        }
        catch (Exception e) when (e is UnreadableException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"Cannot scan: {e.Message}");
            return ExitCode.Unreadable;
        }
    }

    private async Task ScanLinesAsync(Stream input, ParseResult parsed, Func<string, ScannedText> scan, ScanStatistics statistics, CancellationToken cancellationToken)
    {
        var writer = new ScanWriter(output);
        var reader = new LineReader(input, TextInput.Largest);
        while (await reader.ReadAsync(cancellationToken) is { } line)
        {
            if (line.Span.Trim(" \t"u8).IsEmpty)
            {
                continue;
            }

            var record = ScanRecord.Parse(line.Span, reader.Line);
            var scanned = statistics.Count(record.Text, scan);
            await (parsed.GetValue(_mask) ? writer.WriteMaskedAsync(record, scanned) : writer.WriteFindingsAsync(record, scanned));
        }
    }

    private async Task ScanWholeAsync(Stream input, string file, ParseResult parsed, Func<string, ScannedText> scan, ScanStatistics statistics, CancellationToken cancellationToken)
    {
        var record = new ScanRecord(JsonSerializer.Serialize(file), await TextInput.ReadAsync(input, "Cut it into records and use --jsonl.", cancellationToken));
        var scanned = statistics.Count(record.Text, scan);
        var writer = new ScanWriter(output);
        await (parsed.GetValue(_mask) ? writer.WritePlainAsync(scanned) : writer.WriteFindingsAsync(record, scanned));
    }

    private Func<string, ScannedText> Scanner(ParseResult parsed, DeepTier? deep)
    {
        var masker = new Masker(new MaskingOptions { MaxBytes = TextInput.Largest, TimeBudget = Patience }, TimeProvider.System, Keys(parsed.GetValue(_key)), deep);
        var profile = MaskingProfiles.Parse(parsed.GetValue(_profile));
        return text =>
        {
            try
            {
                return masker.Scan(text, profile);
            }

            // One text that the engine trips over must not end the scan, and its words may hold content: only the fact goes on.
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                return new ScannedText { Masked = "", Findings = [], Reason = WithheldReason.Failed };
            }
        };
    }

    private static IReadOnlyList<(string Id, byte[] Key)> Keys(string? file)
    {
        if (file is null)
        {
            return [("k0", RandomNumberGenerator.GetBytes(32))];
        }

        // Reading must not make a key that the gateway does not have.
        return File.Exists(file) ? KeyFile.LoadOrCreate(file).Keys : throw new UnreadableException($"There is no file {file}. Name the gateway's masking.key, or leave --key out.");
    }

    private async Task SayAsync(ScanStatistics statistics, bool all)
    {
        if (all)
        {
            foreach (var line in statistics.Lines())
            {
                await error.WriteLineAsync(line);
            }
        }

        if (statistics.Withheld > 0)
        {
            await error.WriteLineAsync($"{statistics.Withheld} of the texts could not be masked and were withheld.");
        }
    }
}

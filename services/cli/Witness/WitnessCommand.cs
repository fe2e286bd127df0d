using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using Chaperone.Ledger;
using Microsoft.Extensions.Hosting;

namespace Chaperone.Cli.Witness;

/// <summary><c>chaperone witness</c>: cosigns a ledger's checkpoints on a machine that its operators do not rule.</summary>
internal sealed class WitnessCommand(TextWriter output, TextWriter error)
{
    private readonly Option<string> _name = new("--name") { Description = "Name of the witness's key, a URL without scheme, e.g. compliance.example.org/witness. Keep it for ever.", HelpName = "NAME", Required = true };

    private readonly Option<string[]> _logs = new("--log") { Description = "Verifier key of a log to watch (name+hash+key), or a file that holds it; may be given several times.", HelpName = "VKEY", Required = true };

    private readonly Option<string> _state = new("--state") { Description = "Folder for what the witness remembers. Back it up, and never restore an older copy.", HelpName = "DIRECTORY", DefaultValueFactory = _ => Path.Combine("data", "witness") };

    private readonly Option<string?> _key = new("--key-file") { Description = "File with the witness's signing key; created with owner-only rights on the first run. Default: witness.key in the state folder.", HelpName = "FILE" };

    private readonly Option<string> _listen = new("--listen") { Description = "Address and port, e.g. 0.0.0.0:8454; port 0 takes a free one.", HelpName = "ADDRESS:PORT", DefaultValueFactory = _ => "127.0.0.1:8454" };

    private readonly Option<string?> _certificate = new("--tls-certificate") { Description = "PEM file with the certificate for https, and those between it and its authority. Without it the witness speaks http.", HelpName = "FILE" };

    private readonly Option<string?> _certificateKey = new("--tls-key") { Description = "PEM file with the certificate's key.", HelpName = "FILE" };

    private readonly Option<string[]> _begin = new("--begin") { Description = "Origin of a log that this witness watches from now on though its own key is not new.", HelpName = "ORIGIN" };

    private readonly Option<bool> _successors = new("--with-successors") { Description = "Watch the logs of later years, too: those of origin ORIGIN/2027 and so on that are signed with the same key. Once one is begun, nothing is cosigned of the years before it." };

    public static Command Create(TextWriter output, TextWriter error)
    {
        var witness = new WitnessCommand(output, error);
        var command = new Command(
            "witness",
            "Cosigns the checkpoints of a ledger, each only if it extends the last one (C2SP tlog-witness), and so refuses forks and rollbacks. Run it where the ledger's operators have no rights. Runs until it is stopped. Exit codes: 0 it was stopped; 2 the command line is wrong, or what it names cannot be read.")
        {
            witness._name, witness._logs, witness._state, witness._key, witness._listen, witness._certificate, witness._certificateKey, witness._begin, witness._successors,
        };
        command.SetAction(witness.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        try
        {
            var settings = await ReadAsync(parsed, cancellationToken);
            using var home = await WitnessHome.OpenAsync(settings, TimeProvider.System, cancellationToken);
            await using var app = WitnessServer.Build(settings, home);
            await app.StartAsync(cancellationToken);
            await output.WriteLineAsync($"Listening on {string.Join(", ", app.Urls)}");
            await output.WriteLineAsync($"Witness key {home.Signer.WitnessKey}");
            await output.FlushAsync(cancellationToken);
            await app.WaitForShutdownAsync(cancellationToken);
            return ExitCode.Intact;
        }
        catch (Exception e) when (e is UnreadableException or IOException or UnauthorizedAccessException or InvalidDataException or CryptographicException or FormatException or ArgumentException)
        {
            await error.WriteLineAsync($"Cannot witness: {e.Message}");
            return ExitCode.Unreadable;
        }
    }

    private async Task<WitnessSettings> ReadAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var logs = new List<NoteKey>();
        foreach (var log in parsed.GetValue(_logs)!)
        {
            var key = await VerifierKeys.ReadAsync(log, cancellationToken);
            logs.Add(key.Type == SignatureType.Ed25519 ? key : throw new UnreadableException($"{key.Name} is a witness's key (type 0x04): give the log's, which stands in its log.vkey."));
        }

        var folder = parsed.GetValue(_state)!;
        var certificate = parsed.GetValue(_certificate);
        var certificateKey = parsed.GetValue(_certificateKey);
        if (certificate is not null)
        {
            using var tried = WitnessServer.Load(certificate, certificateKey);
        }
        else if (certificateKey is not null)
        {
            throw new UnreadableException("--tls-key is given without --tls-certificate.");
        }

        return new WitnessSettings(
            parsed.GetValue(_name)!, folder, parsed.GetValue(_key) ?? Path.Combine(folder, "witness.key"),
            Address(parsed.GetValue(_listen)!, certificate is not null), logs, parsed.GetValue(_begin) ?? [], certificate, certificateKey, parsed.GetValue(_successors));
    }

    private static Uri Address(string listen, bool tls) =>
        System.Net.IPEndPoint.TryParse(listen, out var end) && listen.Contains(':', StringComparison.Ordinal)
            ? new Uri(string.Create(CultureInfo.InvariantCulture, $"{(tls ? "https" : "http")}://{end}"))
            : throw new UnreadableException($"--listen is '{listen}': give an IP address and a port, e.g. 127.0.0.1:8454.");
}

using System.Security.Cryptography;
using Chaperone.Bus.Sealing;
using Chaperone.Ledger;

namespace Chaperone.Cli.Witness;

/// <summary>The witness's folder: its key and what it remembers, held by one process at a time.</summary>
internal sealed class WitnessHome : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _lock;

    private WitnessHome(FileStream held, NoteSigner signer, LogWitness witness)
    {
        _lock = held;
        Signer = signer;
        Witness = witness;
    }

    public NoteSigner Signer { get; }

    public LogWitness Witness { get; }

    /// <summary>Opens the folder, creating it and the key on the first run.</summary>
    /// <exception cref="UnreadableException">Another process holds it, or what it remembers of a log is gone or damaged.</exception>
    public static async Task<WitnessHome> OpenAsync(WitnessSettings settings, TimeProvider time, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(settings.Folder, OwnerOnly);
        var held = Lock(Path.Combine(settings.Folder, "lock"));
        try
        {
            var isNew = !File.Exists(settings.KeyFile);
            var signer = new NoteSigner(settings.Name, KeyFile.LoadOrCreate(settings.KeyFile).Current.Key);
            var witness = new LogWitness(new DirectoryFiles(settings.Folder), signer, settings.Logs, time, settings.WithSuccessors);
            foreach (var log in settings.Logs)
            {
                if (isNew || settings.Begin.Contains(log.Name))
                {
                    await witness.BeginAsync(log, cancellationToken);
                }

                await CheckAsync(witness, log, cancellationToken);
            }

            return new WitnessHome(held, signer, witness);
        }

        // Whatever it was, the folder must not stay held.
        catch
        {
            await held.DisposeAsync();
            throw;
        }
    }

    public void Dispose()
    {
        Witness.Dispose();
        Signer.Dispose();
        _lock.Dispose();
    }

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e)
        {
            throw new UnreadableException($"{path} cannot be locked ({e.Message}). Two witnesses on one folder could cosign two histories: stop the other one, or give --state.");
        }
    }

    private static async Task CheckAsync(LogWitness witness, NoteKey log, CancellationToken cancellationToken)
    {
        try
        {
            await witness.ReadLastAsync(log.Name, cancellationToken);
        }
        catch (LedgerFaultException e) when (e.Kind == LedgerFindingKind.CheckpointMissing)
        {
            throw new UnreadableException(
                $"This witness has a key but remembers nothing of {log.Name}. If the log is new to it, begin with --begin {log.Name}; if its folder was lost or restored, restore the newest copy: it would cosign a history that it refused before.");
        }
        catch (Exception e) when (e is LedgerFaultException or CryptographicException)
        {
            throw new UnreadableException($"{e.Message}: restore the folder, or check that key and --name are those it began with.");
        }
    }
}

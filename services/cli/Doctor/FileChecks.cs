using Chaperone.Bus;
using Chaperone.Bus.Sealing;
using Chaperone.Masking.Deep;
using Chaperone.Policy.Pins;
using Chaperone.Recorder.Keys.Vault;

namespace Chaperone.Cli.Doctor;

/// <summary>Keys, secrets, folders and the space on their disks. Reads only: keys that are missing are not made.</summary>
internal static class FileChecks
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
    private const UnixFileMode Strangers = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
    private const long TooLittle = 256L << 20;
    private const long Little = 4L << 30;

    public static IEnumerable<Diagnosis> Of(Installation installation) =>
    [
        .. Keys(installation).Distinct().Select(k => Key(k.Subject, k.Path)),
        .. Secrets(installation).Distinct().Select(s => Secret(s.Setting, s.Path)),
        .. Model(installation),
        .. Folders(installation).Distinct().SelectMany(f => Folder(f.Setting, f.Path)),
    ];

    private static IEnumerable<(string Subject, string Path)> Keys(Installation i)
    {
        if (i.Bus is { } bus)
        {
            yield return ("bus.key", bus.KeyFile);
        }

        if (i.Edge is { } edge)
        {
            yield return ("edge.key", edge.KeyFile);
        }

        if (i.Approval is { } approval)
        {
            yield return ("approval.key", approval.KeyFile);
        }

        if (i.Masking is { } masking)
        {
            yield return ("masking.key", masking.KeyFile);
        }

        if (i.Recorder is { } recorder)
        {
            if (recorder.KeyRoot == KeyRoot.File || File.Exists(recorder.KeyFile))
            {
                yield return ("record.key", recorder.KeyFile);
            }

            yield return ("ledger.key", recorder.SigningKeyFile);
        }
    }

    private static IEnumerable<(string Setting, string Path)> Secrets(Installation i)
    {
        var vault = i.Recorder?.Vault is { Address: not null } used ? used : null;
        (string Setting, string? Path)[] all =
        [
            ("Bus:PasswordFile", i.Bus is { Transport: BusTransport.RabbitMq } bus ? bus.PasswordFile : null),
            ("Policy:PasswordFile", i.Policy?.PasswordFile),
            ("Approval:PasswordFile", i.Approval?.PasswordFile),
            ("Recorder:PasswordFile", i.Recorder?.PasswordFile),
            ("Recorder:Elastic:ApiKeyFile", i.Recorder?.Elastic.ApiKeyFile),
            ("Recorder:Vault:TokenFile", vault?.TokenFile),
            ("Recorder:Vault:AppRoleIdFile", vault?.AppRoleIdFile),
            ("Recorder:Vault:AppRoleSecretIdFile", vault?.AppRoleSecretIdFile),
            ("Recorder:Vault:KubernetesTokenFile", vault?.KubernetesRole is null ? null : vault.KubernetesTokenFile),
            ("Console:ClientSecretFile", i.Console?.ClientSecretFile),
        ];
        return all.Where(s => s.Path is not null).Select(s => (s.Setting, s.Path!));
    }

    // Loaded as the room would load it, and it reads a sample.
    private static IEnumerable<Diagnosis> Model(Installation i)
    {
        if (i.Masking is not { Deep: { Folder: { } folder } deep })
        {
            return [];
        }

        try
        {
            using var tier = DeepTier.Open(deep, TimeProvider.System);
            return [Diagnosis.Well("deep tier", $"{folder} holds the model that is pinned; it knows {tier.Labels} labels and reads {deep.MaxTokens} tokens at once")];
        }
        catch (InvalidDataException e)
        {
            return [Diagnosis.Ill("deep tier", e.Message, "Masking does not start with it. Mend it, or leave Masking:Deep:Folder out.")];
        }
    }

    private static IEnumerable<(string Setting, string Path)> Folders(Installation i)
    {
        (string Setting, string? Path)[] all =
        [
            ("Recorder:DataDirectory", i.Recorder?.DataDirectory),
            ("Approval:DataDirectory", i.Approval is { Store: Chaperone.Approval.ApprovalStoreKind.Sqlite } approval ? approval.DataDirectory : null),
            ("Policy:DataDirectory", i.Policy is { PinStore: PinStoreKind.Sqlite } policy ? policy.DataDirectory : null),
            ("Policy:VersionsFolder", i.Policy?.VersionsFolder),
            ("Console:DataDirectory", i.Console?.DataDirectory),
        ];
        return all.Where(f => f.Path is not null).Select(f => (f.Setting, f.Path!));
    }

    private static Diagnosis Key(string subject, string path)
    {
        if (!File.Exists(path))
        {
            return Diagnosis.Look(subject, $"{path} is not there; it is made at the first start", "If this installation has run before, stop and restore the file from your backup: a new key opens nothing that is there.");
        }

        if ((File.GetUnixFileMode(path) & Others) != 0)
        {
            return Diagnosis.Ill(subject, $"{path} may be read or written by others than its owner", $"chmod 600 {path}. If others have read it, make a new key its first line.");
        }

        try
        {
            var count = KeyFile.LoadOrCreate(path).Keys.Count;
            return Diagnosis.Well(subject, $"{path} holds {count} key{(count == 1 ? "" : "s")}, for its owner only");
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            return Diagnosis.Ill(subject, $"{path} cannot be read as a key file: {e.Message}", "Restore it from your backup.");
        }
        catch (UnauthorizedAccessException)
        {
            return Diagnosis.Look(subject, $"{path} belongs to another user, so it was not looked into", "Run the doctor as the user that the room runs as.");
        }
    }

    private static Diagnosis Secret(string setting, string path)
    {
        try
        {
            if (new FileInfo(path).Length == 0)
            {
                return Diagnosis.Ill(setting, $"{path} is empty", "Write the secret into it.");
            }

            using (File.OpenRead(path))
            {
            }

            // A folder that others cannot enter keeps them out as well.
            var open = (File.GetUnixFileMode(path) & Strangers) != 0 && (new DirectoryInfo(Path.GetDirectoryName(Path.GetFullPath(path))!).UnixFileMode & Strangers) != 0;
            return open
                ? Diagnosis.Look(setting, $"{path} may be read by every user of this machine", $"chmod 600 {path}, or put it into a folder that only its owner may enter.")
                : Diagnosis.Well(setting, $"{path} can be read");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Diagnosis.Ill(setting, $"{path} cannot be read: {e.Message}", "Create it, readable by the room's user only, or run the doctor as that user.");
        }
    }

    private static IEnumerable<Diagnosis> Folder(string setting, string path)
    {
        var full = Path.GetFullPath(path);
        var there = full;
        while (!Directory.Exists(there))
        {
            there = Path.GetDirectoryName(there)!;
        }

        yield return Writable(setting, full, there);
        var free = new DriveInfo(there).AvailableFreeSpace;
        yield return free switch
        {
            < TooLittle => Diagnosis.Ill("disk space", $"{free >> 20} MiB are left for {full}", "Free space or move the folder: a recorder that cannot commit means that calls are refused."),
            < Little => Diagnosis.Look("disk space", $"{free >> 20} MiB are left for {full}", "Plan for more: the ledger only grows."),
            _ => Diagnosis.Well("disk space", $"{free >> 30} GiB are left for {full}"),
        };
    }

    private static Diagnosis Writable(string setting, string full, string there)
    {
        // What is not there yet is made below what is; a file in its place cannot hold it.
        var next = there == full ? full : Path.Combine(there, Path.GetRelativePath(there, full).Split(Path.DirectorySeparatorChar)[0]);
        if (File.Exists(next))
        {
            return Diagnosis.Ill(setting, $"{full} cannot be made: {next} is a file", "Name a folder of the room's own.");
        }

        var probe = Path.Combine(there, $".chaperone-doctor-{Environment.ProcessId}");
        try
        {
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
            }

            return Diagnosis.Well(setting, there == full ? $"{full} can be written" : $"{full} is not there yet and can be made");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Diagnosis.Ill(setting, $"{full} cannot be written: {e.Message}", $"Give it to the room's user (chown), or run the doctor as that user.");
        }
    }
}

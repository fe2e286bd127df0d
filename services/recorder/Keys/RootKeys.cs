using Chaperone.Bus.Sealing;
using Chaperone.Recorder.Keys.Vault;
using Chaperone.Recorder.Sealing;

namespace Chaperone.Recorder.Keys;

/// <summary>The root of the keys, as the settings name it.</summary>
internal static class RootKeys
{
    /// <summary>
    /// Opens it; nothing is asked of Vault yet. The key file is made where it wraps and there is none. Where Vault wraps, it is read if it is there,
    /// for it may open older keys.
    /// </summary>
    /// <param name="options">Settings that were checked.</param>
    /// <param name="connection">Vault; null where its address is not set.</param>
    /// <param name="time">Says how old what is remembered is.</param>
    /// <exception cref="InvalidDataException">The key file is readable by others, or is none.</exception>
    public static IRootKeys Open(RecorderOptions options, VaultConnection? connection, TimeProvider time)
    {
        var wraps = options.KeyRoot == KeyRoot.Vault;
        var file = !wraps || File.Exists(options.KeyFile) ? new RecordKeys(KeyFile.LoadOrCreate(options.KeyFile)) : null;
        return connection is null ? file! : new VaultRootKeys(options.Vault, new VaultTransit(connection, time), file, wraps, time);
    }
}

using System.Globalization;

namespace Chaperone.Faults;

/// <summary>
/// A system clock of its own for each process, by libfaketime (Debian: faketime), which can be put forward and back while the
/// process runs. Clocks that measure time go on undisturbed, as they do on a machine whose time is set.
/// </summary>
internal sealed class OwnClocks : IAsyncDisposable
{
    private const string Folder = "/usr/lib";
    private readonly string _library = Directory.Exists(Folder)
        ? Directory.EnumerateDirectories(Folder, "*-linux-*").Select(d => Path.Combine(d, "faketime", "libfaketimeMT.so.1")).FirstOrDefault(File.Exists) ?? Missing()
        : Missing();

    private readonly string _directory = Directory.CreateTempSubdirectory("chaperone-clocks-").FullName;

    /// <summary>What a process is started with.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentOf(string process)
    {
        Write(process, TimeSpan.Zero);
        return new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = _library,
            ["FAKETIME_TIMESTAMP_FILE"] = FileOf(process),
            ["FAKETIME_CACHE_DURATION"] = "1",
            ["FAKETIME_DONT_FAKE_MONOTONIC"] = "1",
        };
    }

    /// <summary>Puts the clocks of all processes whose name begins with <paramref name="process"/> to <paramref name="offset"/> from the machine's; they notice within a second.</summary>
    public void Put(string process, TimeSpan offset)
    {
        foreach (var name in Directory.EnumerateFiles(_directory).Select(Path.GetFileName).Where(n => n!.StartsWith(process, StringComparison.Ordinal)))
        {
            Write(name!, offset);
        }
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_directory, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static string Missing() =>
        throw new InvalidOperationException("Steps of the clock need libfaketime. Install it (Debian: apt-get install faketime).");

    private string FileOf(string process) => Path.Combine(_directory, process);

    private void Write(string process, TimeSpan offset)
    {
        // Moved into place: a process may read it at any moment.
        var whole = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        File.WriteAllText(whole, string.Create(CultureInfo.InvariantCulture, $"{(offset < TimeSpan.Zero ? "-" : "+")}{Math.Abs(offset.TotalSeconds):0}\n"));
        File.Move(whole, FileOf(process), overwrite: true);
    }
}

using System.Diagnostics;

namespace Chaperone.Faults;

/// <summary>
/// A system clock of its own for each process, which can be put forward and back while it runs (clock.c, built when it is needed).
/// Clocks that measure time go on undisturbed, as they do on a machine whose time is set. libfaketime 0.9.10 is no help here:
/// with it waits of .NET return at once, and each process takes a whole core.
/// </summary>
internal sealed class OwnClocks : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("chaperone-clocks-");
    private readonly DirectoryInfo _offsets;
    private readonly string _library;

    public OwnClocks()
    {
        _offsets = _directory.CreateSubdirectory("offsets");
        _library = Path.Combine(_directory.FullName, "clock.so");
        Build(Path.Combine(AppContext.BaseDirectory, "clock.c"), _library);
    }

    /// <summary>What a process is started with.</summary>
    public IReadOnlyDictionary<string, string> EnvironmentOf(string process)
    {
        Write(FileOf(process), TimeSpan.Zero);
        return new Dictionary<string, string> { ["LD_PRELOAD"] = _library, ["CHAPERONE_CLOCK_FILE"] = FileOf(process) };
    }

    /// <summary>Puts the clocks of all processes whose name begins with <paramref name="process"/> to <paramref name="offset"/> from the machine's, at once.</summary>
    public void Put(string process, TimeSpan offset)
    {
        foreach (var file in Directory.EnumerateFiles(_offsets.FullName, $"{process}*"))
        {
            Write(file, offset);
        }
    }

    public ValueTask DisposeAsync()
    {
        _directory.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private static void Build(string source, string library)
    {
        try
        {
            using var compiler = Process.Start("cc", ["-O2", "-shared", "-fPIC", "-o", library, source]);
            compiler.WaitForExit();
            if (compiler.ExitCode != 0)
            {
                throw new InvalidOperationException($"{source} cannot be built: cc ended with {compiler.ExitCode}.");
            }
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException("Steps of the clock need a C compiler. Install it (Debian: apt-get install gcc libc6-dev).", e);
        }
    }

    private string FileOf(string process) => Path.Combine(_offsets.FullName, process);

    // The process has the file mapped: it is written in place, all eight bytes at once.
    private static void Write(string file, TimeSpan offset)
    {
        using var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        stream.Write(BitConverter.GetBytes((long)offset.TotalSeconds));
    }
}

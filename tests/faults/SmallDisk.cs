using System.Diagnostics;

namespace Chaperone.Faults;

/// <summary>A file system in memory of a size of its own, made by root, that can be filled to the last byte.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private const int MegaBytes = 640;

    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    private string Filling => System.IO.Path.Combine(Path, "filling");

    /// <exception cref="InvalidOperationException">It cannot be mounted; the message says why.</exception>
    public static async Task<SmallDisk> MountAsync()
    {
        var disk = new SmallDisk(Directory.CreateTempSubdirectory("chaperone-disk-").FullName);
        await RunAsync("mount", "-t", "tmpfs", "-o", $"size={MegaBytes}m,mode=1777", "chaperone-faults", disk.Path);
        return disk;
    }

    /// <summary>Writes until there is no space.</summary>
    public async Task FillAsync()
    {
        var block = new byte[1 << 16];
        await using var file = new FileStream(Filling, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            while (true)
            {
                await file.WriteAsync(block);
            }
        }
        catch (IOException)
        {
            // Full: what this is for.
        }
    }

    public void Free() => File.Delete(Filling);

    public async ValueTask DisposeAsync()
    {
        await RunAsync("umount", "--lazy", Path);
        Directory.Delete(Path);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"Filling a disk needs root and the right to mount: {program} said {errors.Trim()}");
        }
    }
}

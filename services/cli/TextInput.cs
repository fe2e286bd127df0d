namespace Chaperone.Cli;

/// <summary>The text that a command is given: a file, or what is piped in.</summary>
internal static class TextInput
{
    /// <summary>Names standard input.</summary>
    public const string FromStandardInput = "-";

    /// <summary>Bytes of the largest text.</summary>
    public const int Largest = 64 * 1024 * 1024;

    public static Stream Open(string file, Func<Stream> standardInput) =>
        file == FromStandardInput ? standardInput() : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read);

    /// <summary>All of <paramref name="input"/>, which is UTF-8.</summary>
    /// <exception cref="UnreadableException">It is too large, or no UTF-8.</exception>
    public static async Task<string> ReadAsync(Stream input, string remedy, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await input.ReadAsync(buffer, cancellationToken)) > 0)
        {
            await bytes.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            if (bytes.Length > Largest)
            {
                throw new UnreadableException($"The input is larger than {Largest} bytes. {remedy}");
            }
        }

        return ScanRecord.Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }
}

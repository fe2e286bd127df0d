using Chaperone.Ledger;

namespace Chaperone.Cli;

/// <summary>Verifier keys as the command line gives them: the key itself, or a file that holds it.</summary>
internal static class VerifierKeys
{
    /// <exception cref="UnreadableException">Neither.</exception>
    public static async ValueTask<NoteKey> ReadAsync(string given, CancellationToken cancellationToken)
    {
        try
        {
            return NoteKey.Parse(File.Exists(given) ? (await File.ReadAllTextAsync(given, cancellationToken)).Trim() : given);
        }
        catch (FormatException e)
        {
            throw new UnreadableException($"'{given}' is neither a file nor a verifier key. {e.Message}");
        }
    }
}

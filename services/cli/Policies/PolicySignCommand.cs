using System.CommandLine;
using Chaperone.Bus.Signing;
using Chaperone.Policy.Reading;

namespace Chaperone.Cli.Policies;

/// <summary><c>chaperone policy sign</c>: signs a policy with all it includes, so that edges and policy rooms that ask for it take it.</summary>
internal sealed class PolicySignCommand(TextWriter output, TextWriter error)
{
    private readonly Argument<string> _policy = new("POLICY") { Description = "Policy file, YAML; what it includes is signed with it." };

    private readonly Option<string> _key = new("--key") { Description = "File with the signer's Ed25519 key, PEM (PKCS#8): openssl genpkey -algorithm ed25519 -out KEY.", Required = true };

    public static Command Create(TextWriter output, TextWriter error)
    {
        var sign = new PolicySignCommand(output, error);
        var command = new Command(
            "sign",
            "Signs a good policy with all it includes and writes POLICY.sig beside it; signatures of other keys over the same files stay. "
            + "Exit codes: 0 signed; 2 the policy is not good, or a file cannot be read or written.");
        command.Arguments.Add(sign._policy);
        command.Options.Add(sign._key);
        command.SetAction(sign.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (path, keyFile) = (parsed.GetValue(_policy)!, parsed.GetValue(_key)!);
        try
        {
            if (await PolicyPlace.OpenAsync(path, error, cancellationToken) is not { } policy)
            {
                return ExitCode.Unreadable;
            }

            // Read once more, and only what was found good is signed.
            var bundle = await PolicyBundle.LoadAsync(path, cancellationToken);
            if (bundle.Digest != policy.Digest)
            {
                throw new UnreadableException($"{path} has just been changed.");
            }

            var fresh = PolicySignature.Of(bundle.Files.Where(f => f.Bytes is not null).Select(f => (f.Name, f.Bytes!)));
            var before = PolicySignature.Parse(PolicySigners.Read(path));
            var signed = (before?.Text == fresh.Text ? before : fresh).SignedBy(await File.ReadAllBytesAsync(keyFile, cancellationToken));
            await File.WriteAllTextAsync(path + PolicySignature.Extension, signed.ToString(), cancellationToken);
            await output.WriteLineAsync($"{path}{PolicySignature.Extension}: {signed.Digests.Count} files, {signed.Signatures.Count} signatures; this one by the key {signed.Signatures[^1].KeyId}.");
            await output.WriteLineAsync($"Digest: {policy.Digest}");
            return ExitCode.Intact;
        }
        catch (Exception e) when (e is UnreadableException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync($"Cannot sign: {e.Message}");
            return ExitCode.Unreadable;
        }
        catch (FormatException e)
        {
            await error.WriteLineAsync($"Cannot sign: {keyFile}: {e.Message}.");
            return ExitCode.Unreadable;
        }
    }
}

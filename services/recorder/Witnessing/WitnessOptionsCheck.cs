using Chaperone.Bus.Tls;
using Chaperone.Ledger;

namespace Chaperone.Recorder.Witnessing;

/// <summary>Checks the settings of the witnesses.</summary>
internal static class WitnessOptionsCheck
{
    public static void Check(List<string> wrong, RecorderOptions options)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < options.Witnesses.Count; i++)
        {
            var key = $"Recorder:Witnesses:{i}:";
            CheckUrl(wrong, key, options.Witnesses[i]);
            if (TryRead(options.Witnesses[i].VerifierKey) is not { } verifier)
            {
                wrong.Add($"{key}VerifierKey is not a witness's verifier key of type 0x04: give the line that 'chaperone witness' says when it starts.");
            }
            else if (!names.Add(verifier.ToString()))
            {
                wrong.Add($"{key}VerifierKey is that of another witness in the list: one key counts once, so take one out.");
            }

            if (options.Witnesses[i].CaFile is { } authority && !PinnedAuthority.IsReadable(authority))
            {
                wrong.Add($"{key}CaFile is '{authority}', which holds no certificate that can be read: give a PEM file with the authority of the witness's certificate.");
            }
        }

        if (options.Witnesses.Count > 0 && (options.WitnessQuorum < 1 || options.WitnessQuorum > options.Witnesses.Count))
        {
            wrong.Add($"Recorder:WitnessQuorum is {options.WitnessQuorum}: give a number from 1 to {options.Witnesses.Count}, the number of witnesses.");
        }
    }

    private static void CheckUrl(List<string> wrong, string key, WitnessOptions witness)
    {
        if (!Uri.TryCreate(witness.Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.UserInfo.Length > 0 || url.Query.Length > 0)
        {
            wrong.Add($"{key}Url is not an http or https URL without user and query: give e.g. https://witness.example.org:8454.");
        }
        else if (url.Scheme == "http" && !url.IsLoopback && !witness.AllowHttp)
        {
            wrong.Add($"{key}Url is http to another machine: use https, or set {key}AllowHttp to true where the network itself is protected.");
        }
    }

    private static NoteKey? TryRead(string text)
    {
        try
        {
            return NoteKey.Parse(text) is { Type: SignatureType.CosignatureV1 } key ? key : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}

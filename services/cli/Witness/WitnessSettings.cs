using Chaperone.Ledger;

namespace Chaperone.Cli.Witness;

/// <summary>What <c>chaperone witness</c> runs with.</summary>
/// <param name="Name">Name of the witness's key.</param>
/// <param name="Folder">Its state and, unless <paramref name="KeyFile"/> says otherwise, its key.</param>
/// <param name="KeyFile">File with its signing key.</param>
/// <param name="Listen">Where it listens; https needs a certificate.</param>
/// <param name="Logs">Keys of the logs that it watches.</param>
/// <param name="Begin">Origins whose history begins here though the key is not new.</param>
/// <param name="Certificate">PEM file with the certificate of https; null for http.</param>
/// <param name="CertificateKey">PEM file with its key.</param>
/// <param name="WithSuccessors">True to watch the logs of later years of these ledgers, too.</param>
internal sealed record WitnessSettings(
    string Name, string Folder, string KeyFile, Uri Listen, IReadOnlyList<NoteKey> Logs, IReadOnlyList<string> Begin, string? Certificate, string? CertificateKey, bool WithSuccessors);

namespace Chaperone.Integration.Tests.Ledger;

/// <summary>npm's @sigstore/verify, run by Node.</summary>
internal static class SigstoreVerifier
{
    private const string Remedy = "Install Node 20 or newer, and run 'npm ci' in tests/npm.";

    public static async Task<Verdict> VerifyAsync(PublishedLog log, CancellationToken cancellationToken)
    {
        var modules = Path.Combine(RepositoryRoot(), "tests", "npm", "node_modules");
        if (!Directory.Exists(Path.Combine(modules, "@sigstore", "verify")))
        {
            throw new InvalidOperationException($"@sigstore/verify is not installed in {modules}. {Remedy}");
        }

        var script = Path.Combine(AppContext.BaseDirectory, "Ledger", "node", "verify_proof.cjs");
        return await Verdict.OfAsync(
            Remedy, new Dictionary<string, string>(), cancellationToken, "node", script, modules, log.VerifierKeyFile, log.ProofFolder);
    }

    private static string RepositoryRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Pipeline.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside their repository: no Pipeline.sln above them.");
        }

        return folder;
    }
}

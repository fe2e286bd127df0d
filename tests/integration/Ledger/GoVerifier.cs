using Chaperone.Integration.Tests.Ledger;

[assembly: AssemblyFixture(typeof(GoVerifier))]

namespace Chaperone.Integration.Tests.Ledger;

/// <summary>Our Go program over Debian's golang.org/x/mod, built once per run without any module proxy.</summary>
public sealed class GoVerifier : IAsyncDisposable
{
    private const string Remedy = "Install Debian's golang-go and golang-golang-x-mod-dev (apt-get install golang-go golang-golang-x-mod-dev).";
    private const string DebianGoPath = "/usr/share/gocode";

    private readonly string _folder = Directory.CreateTempSubdirectory("chaperone-go-").FullName;
    private readonly SemaphoreSlim _building = new(1, 1);
    private bool _built;

    private string Program => Path.Combine(_folder, "verify_tlog");

    internal async Task<Verdict> VerifyAsync(PublishedLog log, CancellationToken cancellationToken)
    {
        await BuildAsync(cancellationToken);
        return await Verdict.OfAsync(
            Remedy, new Dictionary<string, string>(), cancellationToken, Program, log.LogFolder, log.VerifierKeyFile, log.ProofFolder);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _building.Dispose();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task BuildAsync(CancellationToken cancellationToken)
    {
        await _building.WaitAsync(cancellationToken);
        try
        {
            if (_built)
            {
                return;
            }

            var environment = new Dictionary<string, string>
            {
                ["GO111MODULE"] = "off",
                ["GOFLAGS"] = "",
                ["GOPATH"] = $"{_folder}:{DebianGoPath}",
            };
            var source = Path.Combine(AppContext.BaseDirectory, "Ledger", "go", "verify_tlog.go");
            var build = await Verdict.OfAsync(Remedy, environment, cancellationToken, "go", "build", "-o", Program, source);
            _built = build.ExitCode == 0 ? true : throw new InvalidOperationException($"go build failed: {build.Said}\n{Remedy}");
        }
        finally
        {
            _building.Release();
        }
    }
}

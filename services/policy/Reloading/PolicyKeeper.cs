using System.Threading.Channels;
using Chaperone.Policy.Deciding;
using Chaperone.Policy.Reading;
using Chaperone.Policy.Tools;
using Chaperone.Policy.Versions;
using Microsoft.Extensions.Options;

namespace Chaperone.Policy.Reloading;

/// <summary>
/// Holds the version in force and follows the file: by the file system's notices, and by looking at its content every
/// <see cref="PolicyOptions.PollInterval"/> (notices miss swapped symbolic links and network file systems). A broken version
/// changes nothing but is told loudly, once. A decision under way keeps the version it began with.
/// </summary>
internal sealed partial class PolicyKeeper(
    IOptions<PolicyOptions> options,
    TimeProvider time,
    PolicyNews news,
    VersionKeeper versions,
    ToolBook tools,
    PolicyTelemetry telemetry,
    ILogger<PolicyKeeper> logger) : BackgroundService
{
    private readonly string _path = Path.GetFullPath(options.Value.File);
    private readonly Channel<bool> _reasonsToLook = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    // Written by the start and then by the loop only; read by every decision.
    private volatile PolicyEngine? _current;
    private volatile PolicyReading? _rejected;
    private PolicyContent? _seen;

    /// <summary>Raised after each version of the file was accepted or rejected.</summary>
    public event Action? Read;

    /// <summary>The engine of the version in force.</summary>
    /// <exception cref="InvalidOperationException">The room has not started.</exception>
    public PolicyEngine Current => _current ?? throw new InvalidOperationException("The policy room has not started.");

    /// <summary>Whether there is a version in force.</summary>
    public bool Loaded => _current is not null;

    /// <summary>The problems of the file as it is now, when it is not the version in force; else empty.</summary>
    public IReadOnlyList<PolicyProblem> Problems => _rejected?.Problems ?? [];

    /// <summary>Reads the file for the first time.</summary>
    /// <exception cref="PolicyFileException">It is missing or has problems, all of which the message lists.</exception>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        Take(await PolicyContent.LookAsync(_path, cancellationToken));
        if (_rejected is { } rejected)
        {
            throw new PolicyFileException(rejected.Problems);
        }

        await base.StartAsync(cancellationToken);
    }

    /// <summary>Looks at the file and takes what it finds, once it has settled.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        var content = await PolicyContent.LookAsync(_path, cancellationToken);
        if (content.IsSame(_seen))
        {
            return;
        }

        // An editor may be half-way: the first half of a policy can be a policy, without its last denials.
        while (true)
        {
            await Task.Delay(options.Value.SettleTime, time, cancellationToken);
            var again = await PolicyContent.LookAsync(_path, cancellationToken);
            if (again.IsSame(content))
            {
                break;
            }

            content = again;
        }

        if (!content.IsSame(_seen))
        {
            Take(content);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var watcher = Watch();
        await using var poll = time.CreateTimer(_ => _reasonsToLook.Writer.TryWrite(true), null, options.Value.PollInterval, options.Value.PollInterval);

        // What changed between the first reading and the watcher.
        _reasonsToLook.Writer.TryWrite(true);
        await foreach (var _ in _reasonsToLook.Reader.ReadAllAsync(stoppingToken))
        {
            await LookAsync(stoppingToken);
        }
    }

    private FileSystemWatcher? Watch()
    {
        try
        {
            // The whole folder: a mounted ConfigMap changes by a symbolic link beside the file.
            var watcher = new FileSystemWatcher(Path.GetDirectoryName(_path)!);
            watcher.Changed += (_, _) => _reasonsToLook.Writer.TryWrite(true);
            watcher.Created += (_, _) => _reasonsToLook.Writer.TryWrite(true);
            watcher.Renamed += (_, _) => _reasonsToLook.Writer.TryWrite(true);
            watcher.Deleted += (_, _) => _reasonsToLook.Writer.TryWrite(true);
            watcher.EnableRaisingEvents = true;
            return watcher;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            Log.NoWatcher(logger, e);
            return null;
        }
    }

    private void Take(PolicyContent content)
    {
        var reading = content.Read(_path, versions);
        _seen = content;

        // A new signature of what is in force is no new version.
        if (reading.Document is { } same && _rejected is null && _current?.Document.Digest == same.Digest)
        {
            Read?.Invoke();
            return;
        }

        if (reading.Document is { } document)
        {
            _current = new PolicyEngine(document, tools);
            _rejected = null;
            Log.Accepted(logger, document.File, document.Digest, document.Rules.Count);
            news.Accepted(document, versions.Keep(document, content.Bundle!, content.Signature, _path));
        }
        else
        {
            _rejected = reading;
            if (_current is { } current)
            {
                Log.Rejected(logger, _path, current.Document.Digest, PolicyFileException.Say(reading.Problems));
                news.Rejected(current.Document, content.Mark, reading.Problems.Count);
            }
        }

        telemetry.FileRead(reading.Document is not null);
        Read?.Invoke();
    }

    private static partial class Log
    {
        [LoggerMessage(2001, LogLevel.Information, "Policy {File} is in force: digest {Digest}, {Rules} rules")]
        public static partial void Accepted(ILogger logger, string file, string digest, int rules);

        [LoggerMessage(2002, LogLevel.Error, "Policy {Path} is NOT used, the last good version {Digest} stays in force. {Problems}")]
        public static partial void Rejected(ILogger logger, string path, string digest, string problems);

        [LoggerMessage(2003, LogLevel.Warning, "The file system gives no notices; the policy file is only looked at now and then")]
        public static partial void NoWatcher(ILogger logger, Exception exception);
    }
}

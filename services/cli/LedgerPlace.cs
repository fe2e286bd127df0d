using System.CommandLine;
using Chaperone.Ledger;
using Chaperone.Recorder.Store;
using Npgsql;

namespace Chaperone.Cli;

/// <summary>Where the ledger is, as the command line says.</summary>
internal sealed class LedgerPlace
{
    private const string DefaultStore = "data/recorder";

    private readonly Option<string?> _store = new("--store")
    {
        Description = $"The recorder's data directory, or its ledger.db. Default: {DefaultStore}.",
        HelpName = "PATH",
    };

    private readonly Option<string?> _postgres = new("--postgres")
    {
        Description = "Connection string of the ledger's PostgreSQL, e.g. \"Host=db;Database=chaperone;Username=auditor\". The password comes from --password-file.",
        HelpName = "CONNECTION",
    };

    private readonly Option<string?> _passwordFile = new("--password-file")
    {
        Description = "File that holds the password for --postgres.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _log = new("--log")
    {
        Description = "The published log (tiles and checkpoint). Default: 'log' in the data directory. Alone: only the published log is looked at.",
        HelpName = "DIRECTORY",
    };

    public void AddTo(Command command, bool withLog)
    {
        command.Options.Add(_store);
        command.Options.Add(_postgres);
        command.Options.Add(_passwordFile);
        if (withLog)
        {
            command.Options.Add(_log);
        }

        command.Validators.Add(result =>
        {
            if (result.GetResult(_store) is not null && result.GetResult(_postgres) is not null)
            {
                result.AddError("Give --store or --postgres, not both.");
            }
        });
    }

    /// <summary>The store; null when only the published log is named.</summary>
    /// <exception cref="UnreadableException">There is none at the place named.</exception>
    public async ValueTask<ILedgerStore?> OpenStoreAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_postgres) is { } connection)
        {
            return await OpenPostgresAsync(connection, parsed.GetValue(_passwordFile), cancellationToken);
        }

        var store = parsed.GetValue(_store);
        if (store is null && IsLogNamed(parsed))
        {
            return null;
        }

        var file = LedgerFile(store ?? DefaultStore);
        return File.Exists(file)
            ? new SqliteLedgerStore(file, readOnly: true)
            : throw new UnreadableException($"There is no ledger at {file}. Name the recorder's data directory with --store.");
    }

    /// <summary>The published log; null if there is none.</summary>
    public ILedgerFiles? OpenLog(ParseResult parsed)
    {
        if (IsLogNamed(parsed))
        {
            var named = parsed.GetValue(_log)!;
            return Directory.Exists(named) ? new DirectoryFiles(named) : throw new UnreadableException($"There is no directory {named}.");
        }

        if (parsed.GetValue(_postgres) is not null)
        {
            return null;
        }

        var beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(LedgerFile(parsed.GetValue(_store) ?? DefaultStore)))!, "log");
        return Directory.Exists(beside) ? new DirectoryFiles(beside) : null;
    }

    private bool IsLogNamed(ParseResult parsed) => parsed.CommandResult.GetResult(_log) is not null && parsed.GetValue(_log) is not null;

    private static string LedgerFile(string store) => Directory.Exists(store) ? Path.Combine(store, "ledger.db") : store;

    private static async ValueTask<ILedgerStore> OpenPostgresAsync(string connection, string? passwordFile, CancellationToken cancellationToken)
    {
        try
        {
            var text = new NpgsqlConnectionStringBuilder(connection);
            if (passwordFile is not null)
            {
                text.Password = (await File.ReadAllTextAsync(passwordFile, cancellationToken)).TrimEnd('\r', '\n');
            }

            return new PostgresLedgerStore(NpgsqlDataSource.Create(text), readOnly: true);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new UnreadableException(e is IOException or UnauthorizedAccessException ? e.Message : "The connection string of --postgres cannot be read.");
        }
    }
}

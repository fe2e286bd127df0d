using System.CommandLine;
using Chaperone.Ledger;
using Chaperone.Recorder.Keys;
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

    private Argument<string?>? _path;

    /// <summary>Adds the options; <paramref name="path"/> is an argument that may name the place, too.</summary>
    public void AddTo(Command command, bool withLog, Argument<string?>? path = null)
    {
        _path = path;
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

            if (path is not null && result.GetResult(path) is { Tokens.Count: > 0 }
                && (result.GetResult(_store) is not null || result.GetResult(_postgres) is not null || (withLog && result.GetResult(_log) is not null)))
            {
                result.AddError("Give the place as an argument or by an option, not both.");
            }
        });
    }

    /// <summary>The store; null when only the published log is named.</summary>
    /// <exception cref="UnreadableException">There is none at the place named.</exception>
    public async ValueTask<ILedgerStore?> OpenStoreAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_postgres) is { } connection)
        {
            return new PostgresLedgerStore(await OpenSourceAsync(connection, parsed.GetValue(_passwordFile), cancellationToken), readOnly: true);
        }

        var store = StoreOf(parsed);
        if (store is null && IsLogNamed(parsed))
        {
            return null;
        }

        var file = LedgerFile(store ?? DefaultStore);
        return File.Exists(file)
            ? new SqliteLedgerStore(file, readOnly: true)
            : throw new UnreadableException(PathOf(parsed) is { } path
                ? $"There is nothing at {path}. Name a bundle, a published log, or the recorder's data directory."
                : $"There is no ledger at {file}. Name the recorder's data directory with --store.");
    }

    /// <summary>The store, to add a record to it.</summary>
    /// <exception cref="UnreadableException">There is none at the place named.</exception>
    public async ValueTask<ILedgerStore> OpenStoreToWriteAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_postgres) is { } connection)
        {
            return new PostgresLedgerStore(await OpenSourceAsync(connection, parsed.GetValue(_passwordFile), cancellationToken));
        }

        var file = LedgerFile(StoreOf(parsed) ?? DefaultStore);
        return File.Exists(file) ? new SqliteLedgerStore(file) : throw new UnreadableException($"There is no ledger at {file}. Name the recorder's data directory with --store.");
    }

    /// <summary>The wrapped keys beside the store, to add one.</summary>
    public async ValueTask<KeyDatabase> OpenKeysToWriteAsync(ParseResult parsed, CancellationToken cancellationToken) => parsed.GetValue(_postgres) is { } connection
        ? new PostgresKeyDatabase(await OpenSourceAsync(connection, parsed.GetValue(_passwordFile), cancellationToken))
        : new SqliteKeyDatabase(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(LedgerFile(StoreOf(parsed) ?? DefaultStore)))!, "keys.db"));

    /// <summary>The wrapped keys beside the store; null where there are none (a store of an older version).</summary>
    public async ValueTask<KeyStore?> OpenKeysAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        await OpenKeyDatabaseAsync(parsed, cancellationToken) is { } database ? new KeyStore(database) : null;

    /// <summary>Keys, holds and orders beside the store; null where there are none.</summary>
    public async ValueTask<KeyDatabase?> OpenKeyDatabaseAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        if (parsed.GetValue(_postgres) is { } connection)
        {
            var source = await OpenSourceAsync(connection, parsed.GetValue(_passwordFile), cancellationToken);
            await using var command = source.CreateCommand("SELECT to_regclass('recorder_keys.period') IS NOT NULL");
            return await command.ExecuteScalarAsync(cancellationToken) is true ? new PostgresKeyDatabase(source, readOnly: true) : null;
        }

        return DatabaseBeside(LedgerFile(StoreOf(parsed) ?? DefaultStore));
    }

    /// <summary>The wrapped keys beside a <c>ledger.db</c>; null where there are none.</summary>
    public static KeyStore? KeysBeside(string ledger) => DatabaseBeside(ledger) is { } database ? new KeyStore(database) : null;

    private static SqliteKeyDatabase? DatabaseBeside(string ledger)
    {
        var file = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(ledger))!, "keys.db");
        return File.Exists(file) ? new SqliteKeyDatabase(file, readOnly: true) : null;
    }

    /// <summary>The published log; null if there is none.</summary>
    public ILedgerFiles? OpenLog(ParseResult parsed)
    {
        if (IsLogNamed(parsed))
        {
            var named = parsed.GetValue(_log) ?? PathOf(parsed)!;
            return Directory.Exists(named) ? new DirectoryFiles(named) : throw new UnreadableException($"There is no directory {named}.");
        }

        if (parsed.GetValue(_postgres) is not null)
        {
            return null;
        }

        var beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(LedgerFile(StoreOf(parsed) ?? DefaultStore)))!, "log");
        return Directory.Exists(beside) ? new DirectoryFiles(beside) : null;
    }

    private bool IsLogNamed(ParseResult parsed) =>
        (parsed.CommandResult.GetResult(_log) is not null && parsed.GetValue(_log) is not null) || (PathOf(parsed) is { } path && IsLog(path));

    private string? StoreOf(ParseResult parsed) => parsed.GetValue(_store) ?? (PathOf(parsed) is { } path && !IsLog(path) ? path : null);

    private string? PathOf(ParseResult parsed) => _path is null ? null : parsed.GetValue(_path);

    /// <summary>A directory without a database: whatever is missing in it, it is no store.</summary>
    private static bool IsLog(string path) => Directory.Exists(path) && !File.Exists(LedgerFile(path));

    private static string LedgerFile(string store) => Directory.Exists(store) ? Path.Combine(store, "ledger.db") : store;

    private static async ValueTask<NpgsqlDataSource> OpenSourceAsync(string connection, string? passwordFile, CancellationToken cancellationToken)
    {
        try
        {
            var text = new NpgsqlConnectionStringBuilder(connection);
            if (passwordFile is not null)
            {
                text.Password = (await File.ReadAllTextAsync(passwordFile, cancellationToken)).TrimEnd('\r', '\n');
            }

            return NpgsqlDataSource.Create(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new UnreadableException(e is IOException or UnauthorizedAccessException ? e.Message : "The connection string of --postgres cannot be read.");
        }
    }
}

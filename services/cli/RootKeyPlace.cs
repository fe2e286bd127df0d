using System.CommandLine;
using Chaperone.Cli.Doctor;
using Chaperone.Recorder;
using Chaperone.Recorder.Keys;
using Chaperone.Recorder.Keys.Vault;
using Microsoft.Extensions.Configuration;

namespace Chaperone.Cli;

/// <summary>The root of the record keys: a key file, or Vault as the recorder's settings name it.</summary>
internal sealed class RootKeyPlace
{
    private readonly Option<string[]> _files = new("--env-file")
    {
        Description = "File of NAME=value lines with the recorder's settings, where its keys are wrapped by Vault (CHAPERONE_Recorder__KeyRoot and _Vault__...). Variables of the environment come after it.",
        HelpName = "FILE",
    };

    public void AddTo(Command command) => command.Options.Add(_files);

    /// <summary>Opens it; <paramref name="directory"/> holds <c>record.key</c>, which need not be there where Vault wraps.</summary>
    /// <exception cref="UnreadableException">There is no key, or the settings are wrong.</exception>
    public OpenRoot Open(ParseResult parsed, string directory, TimeProvider time)
    {
        var options = Read(parsed);
        options.KeyFile = Path.Combine(directory, "record.key");
        var wrong = new List<string>();
        VaultRootOptionsCheck.Check(wrong, options);
        if (wrong.Count > 0)
        {
            throw new UnreadableException(string.Join(' ', wrong));
        }

        if (options.KeyRoot == KeyRoot.File && !File.Exists(options.KeyFile))
        {
            throw new UnreadableException($"There is no {options.KeyFile}. Name the directory of the record keys with --keys, or, where Vault wraps them, the recorder's settings with --env-file.");
        }

        var connection = options.Vault.Address is null ? null : new VaultConnection(options.Vault, time);
        try
        {
            return new OpenRoot(RootKeys.Open(options, connection, time), connection);
        }
        catch
        {
            connection?.Dispose();
            throw;
        }
    }

    private RecorderOptions Read(ParseResult parsed)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in (parsed.GetValue(_files) ?? []).SelectMany(EnvironmentFile.Read))
        {
            settings[key] = value;
        }

        var section = new ConfigurationBuilder().AddInMemoryCollection(settings).AddEnvironmentVariables("CHAPERONE_").Build().GetSection("Recorder");
        var options = new RecorderOptions();
        try
        {
            section.GetSection("Vault").Bind(options.Vault);
            options.KeyRoot = section.GetValue("KeyRoot", KeyRoot.File);
            return options;
        }
        catch (InvalidOperationException e)
        {
            throw new UnreadableException($"A setting cannot be read: {Installation.WithoutValue(e)}.");
        }
    }
}

/// <summary>An open root.</summary>
internal sealed record OpenRoot(IRootKeys Keys, VaultConnection? Connection) : IDisposable
{
    public void Dispose() => Connection?.Dispose();
}

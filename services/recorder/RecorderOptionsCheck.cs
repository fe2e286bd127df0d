using Chaperone.Recorder.Elastic;
using Chaperone.Recorder.Keys.Vault;
using Chaperone.Recorder.Retention;
using Chaperone.Recorder.Sealing;
using Chaperone.Recorder.Sequencing;
using Chaperone.Recorder.Siem;
using Chaperone.Recorder.Witnessing;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Chaperone.Recorder;

/// <summary>Checks the settings at start and says all that is wrong at once.</summary>
internal sealed class RecorderOptionsCheck : IValidateOptions<RecorderOptions>
{
    public ValidateOptionsResult Validate(string? name, RecorderOptions options)
    {
        var wrong = new List<string>();
        Present(wrong, "DataDirectory", options.DataDirectory);
        Present(wrong, "KeyFile", options.KeyFile);
        Present(wrong, "SigningKeyFile", options.SigningKeyFile);
        Between(wrong, "CheckpointEvery", options.CheckpointEvery, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10));
        Between(wrong, "CheckpointLogEvery", options.CheckpointLogEvery, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        Between(wrong, "WitnessEvery", options.WitnessEvery, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        Between(wrong, "WitnessTimeout", options.WitnessTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30));
        Between(wrong, "WitnessPatience", options.WitnessPatience, TimeSpan.Zero, TimeSpan.FromDays(7));
        Between(wrong, "ScrubWithin", options.ScrubWithin, TimeSpan.FromMinutes(1), TimeSpan.FromDays(366));
        Between(wrong, "GapAfter", options.GapAfter, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        if (string.IsNullOrEmpty(options.Origin) || options.Origin.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '+'))
        {
            wrong.Add($"Recorder:Origin is '{options.Origin}': give a URL without scheme, without spaces and '+', e.g. chaperone.local/ledger.");
        }

        if (!Enum.IsDefined(options.Rotation))
        {
            wrong.Add($"Recorder:Rotation is '{options.Rotation}': give Yearly or Never.");
        }

        if (options.Rotation == LedgerRotation.Yearly && options.Origin?.Length > CarryOver.LongestOrigin)
        {
            wrong.Add($"Recorder:Origin has {options.Origin.Length} characters: give at most {CarryOver.LongestOrigin}, so that a later log's first leaf can name it, or set Recorder:Rotation to Never.");
        }

        if (!Enum.IsDefined(options.Store))
        {
            wrong.Add($"Recorder:Store is '{options.Store}': give Sqlite or PostgreSql.");
        }

        if (options.Store == RecorderStore.PostgreSql)
        {
            CheckPostgres(wrong, options);
        }

        VaultRootOptionsCheck.Check(wrong, options);
        RetentionOptionsCheck.Check(wrong, options.Retention);
        WitnessOptionsCheck.Check(wrong, options);
        ElasticOptionsCheck.Check(wrong, options.Elastic);
        SyslogOptionsCheck.Check(wrong, options.Syslog);
        return wrong.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong);
    }

    private static void CheckPostgres(List<string> wrong, RecorderOptions options)
    {
        try
        {
            var connection = new NpgsqlConnectionStringBuilder(options.ConnectionString);
            if (string.IsNullOrEmpty(connection.Host))
            {
                wrong.Add("Recorder:ConnectionString names no Host: Recorder:Store is PostgreSql, so give e.g. Host=postgres;Database=chaperone;Username=recorder.");
            }

            if (!string.IsNullOrEmpty(connection.Password))
            {
                wrong.Add("Recorder:ConnectionString holds a password (not shown): take it out, and name a file that holds it in Recorder:PasswordFile.");
            }
        }

        // The text may hold a password, so neither it nor Npgsql's message is repeated.
        catch (Exception e) when (e is ArgumentException or FormatException or KeyNotFoundException)
        {
            wrong.Add("Recorder:ConnectionString cannot be read (not shown): give e.g. Host=postgres;Database=chaperone;Username=recorder.");
        }

        if (options.PasswordFile is { } file && !File.Exists(file))
        {
            wrong.Add($"Recorder:PasswordFile is '{file}', and there is no such file: create it, or leave the setting out.");
        }
    }

    private static void Present(List<string> wrong, string key, string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
        {
            wrong.Add($"Recorder:{key} is empty: give a path, or leave the setting out for the default.");
        }
    }

    private static void Between(List<string> wrong, string key, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
        {
            wrong.Add($"Recorder:{key} is {value}: give a time from {least} to {most}.");
        }
    }
}

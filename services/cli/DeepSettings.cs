using Chaperone.Cli.Doctor;
using Chaperone.Masking;
using Chaperone.Masking.Deep;
using Microsoft.Extensions.Configuration;

namespace Chaperone.Cli;

/// <summary>The operator's own model, as the masking room's settings name it.</summary>
internal static class DeepSettings
{
    /// <summary>Loads the model of <paramref name="files"/> and the environment.</summary>
    /// <exception cref="UnreadableException">The settings name none, or are not good.</exception>
    /// <exception cref="InvalidDataException">The model cannot be used.</exception>
    public static DeepTier Open(IEnumerable<string> files)
    {
        var options = new MaskingOptions();
        try
        {
            EnvironmentFile.Settings(files).GetSection("Masking").Bind(options);
        }
        catch (InvalidOperationException e)
        {
            throw new UnreadableException($"a value of the settings cannot be read: {Installation.WithoutValue(e)}.");
        }

        if (options.Deep.Folder is null)
        {
            throw new UnreadableException("--deep needs a model: set CHAPERONE_Masking__Deep__Folder and CHAPERONE_Masking__Deep__Sha256, or name their file with --env-file.");
        }

        var errors = DeepOptionsCheck.Errors(options.Deep, options.TimeBudget).ToArray();
        return errors.Length == 0 ? DeepTier.Open(options.Deep, TimeProvider.System) : throw new UnreadableException(string.Join(' ', errors));
    }
}

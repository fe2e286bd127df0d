using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.Options;

namespace Chaperone.Console.SignIn;

/// <summary>Keeps the keys that protect cookies in <see cref="ConsoleOptions.DataDirectory"/>, which only its owner may enter.</summary>
internal sealed class KeyRing(IOptions<ConsoleOptions> options, ILoggerFactory loggers) : IConfigureOptions<KeyManagementOptions>
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public void Configure(KeyManagementOptions keys)
    {
        var folder = Directory.CreateDirectory(Path.GetFullPath(Path.Combine(options.Value.DataDirectory, "keys")), OwnerOnly);
        folder.UnixFileMode = OwnerOnly;
        keys.XmlRepository = new FileSystemXmlRepository(folder, loggers);
    }
}

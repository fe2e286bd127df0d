using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Chaperone.Bus.Tls;

namespace Chaperone.Recorder.Siem;

/// <summary>Checks the settings of syslog; says nothing while no host is set.</summary>
internal static class SyslogOptionsCheck
{
    private const string Key = "Recorder:Syslog:";
    private const int MostFacilities = 23;
    private const int LeastBytes = 2048;
    private const int MostBytes = 1024 * 1024;

    public static void Check(List<string> wrong, SyslogOptions options)
    {
        if (options.Host is null)
        {
            return;
        }

        if (Uri.CheckHostName(options.Host) == UriHostNameType.Unknown)
        {
            wrong.Add($"{Key}Host is '{options.Host}': give a name or an address without port, e.g. siem.example.org.");
        }
        else if (!options.Tls && !IsThisMachine(options.Host))
        {
            wrong.Add($"{Key}Tls is false and {Key}Host is another machine: records would cross the network in clear. Use TLS, or a collector on this machine.");
        }

        Between(wrong, "Port", options.Port, 1, IPEndPoint.MaxPort);
        Between(wrong, "Facility", options.Facility, 0, MostFacilities);
        Between(wrong, "MaxBytes", options.MaxBytes, LeastBytes, MostBytes);
        Between(wrong, "SettleAfter", options.SettleAfter, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(5));
        Between(wrong, "LongestPause", options.LongestPause, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        if (!Enum.IsDefined(options.Body))
        {
            wrong.Add($"{Key}Body is '{options.Body}': give Ecs or Ocsf.");
        }

        CheckFiles(wrong, options);
    }

    private static void CheckFiles(List<string> wrong, SyslogOptions options)
    {
        if (options.CaFile is { } authority && !PinnedAuthority.IsReadable(authority))
        {
            wrong.Add($"{Key}CaFile is '{authority}', which holds no certificate that can be read: give a PEM file with the authority of the collector's certificate.");
        }

        if ((options.CertificateFile is null) != (options.CertificateKeyFile is null))
        {
            wrong.Add($"{Key}CertificateFile and {Key}CertificateKeyFile belong together: give both or neither.");
        }
        else if (options.CertificateFile is { } certificate && !IsPair(certificate, options.CertificateKeyFile))
        {
            wrong.Add($"{Key}CertificateFile is '{certificate}', which does not make a pair with {Key}CertificateKeyFile: give PEM files of one certificate and its key.");
        }
    }

    private static bool IsPair(string certificate, string? key)
    {
        try
        {
            using var pair = X509Certificate2.CreateFromPemFile(certificate, key);
            return pair.HasPrivateKey;
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    private static bool IsThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private static void Between<T>(List<string> wrong, string name, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            wrong.Add($"{Key}{name} is {value}: give a value from {least} to {most}.");
        }
    }
}

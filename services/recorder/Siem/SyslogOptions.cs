namespace Chaperone.Recorder.Siem;

/// <summary>Settings under <c>Recorder:Syslog</c>: where each record goes as one syslog message (RFC 5424 over TLS, RFC 5425). Without <see cref="Host"/> nothing is sent.</summary>
public sealed class SyslogOptions
{
    /// <summary>Name or address of the collector; its certificate must be for it. Null (default): none.</summary>
    public string? Host { get; set; }

    /// <summary>Port; default 6514.</summary>
    public int Port { get; set; } = 6514;

    /// <summary>PEM file with the only authorities to trust, read at each handshake; null (default) for the system's.</summary>
    public string? CaFile { get; set; }

    /// <summary>PEM file with our certificate, for collectors that ask for one; null (default): none.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>PEM file with the key of <see cref="CertificateFile"/>.</summary>
    public string? CertificateKeyFile { get; set; }

    /// <summary>False sends without TLS, to a collector on this machine only. Default true.</summary>
    public bool Tls { get; set; } = true;

    /// <summary>Body of the messages: <c>Ecs</c> (default) or <c>Ocsf</c> (1.8.0, class 6003 API Activity).</summary>
    public SyslogBody Body { get; set; } = SyslogBody.Ecs;

    /// <summary>Syslog facility, 0 to 23; default 13 (log audit).</summary>
    public int Facility { get; set; } = 13;

    /// <summary>HOSTNAME of the messages; null (default): this machine's name.</summary>
    public string? HostName { get; set; }

    /// <summary>Longest message in bytes, 2,048 to 1,048,576; default 8,192, which every collector takes. A record that does not fit is sent with what its leaf says.</summary>
    public int MaxBytes { get; set; } = 8192;

    /// <summary>How long a connection must stand after a message was taken until it counts as delivered; what was sent later is sent again on the next connection. Default 5 s.</summary>
    public TimeSpan SettleAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest pause between two attempts while the collector is away; default 1 minute.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(1);
}

/// <summary>Body of a syslog message.</summary>
public enum SyslogBody
{
    /// <summary>The document that Elasticsearch would get (ECS).</summary>
    Ecs = 0,

    /// <summary>OCSF 1.8.0, class 6003 API Activity.</summary>
    Ocsf = 1,
}

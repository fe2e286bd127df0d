namespace Chaperone.Recorder.Elastic;

/// <summary>Settings under <c>Recorder:Elastic</c>: where masked documents for the SOC go. Without <see cref="Url"/> nothing is sent.</summary>
public sealed class ElasticOptions
{
    /// <summary>Elasticsearch, e.g. <c>https://elastic.example.org:9200</c>; null (default): none.</summary>
    public string? Url { get; set; }

    /// <summary>File with the API key in its encoded form (base64 of <c>id:key</c>); null only for a server without security. Read at each request, so a new key needs no restart.</summary>
    public string? ApiKeyFile { get; set; }

    /// <summary>PEM file with the authority that signed the server's certificate; then no other is trusted. Null (default): the system's authorities.</summary>
    public string? CaFile { get; set; }

    /// <summary>True allows <c>http://</c> to other machines: documents and key then cross the network in clear. Default false.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>Last part of the data streams' names, e.g. <c>logs-chaperone.audit-default</c>. Default <c>default</c>.</summary>
    public string Namespace { get; set; } = "default";

    /// <summary>Ledger records of one step, 1 to 5,000; default 1,000.</summary>
    public int BatchRecords { get; set; } = 1000;

    /// <summary>Bytes of one request before compression, 64 KiB to 64 MiB; default 8 MiB. Halved by itself when the server says that it is too much.</summary>
    public int RequestBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>Longest wait for one answer; default 30 s.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a request without an answer may still take effect; until then nothing of it is sent again, nor taken over by another recorder. At least twice <see cref="RequestTimeout"/>; default 60 s.</summary>
    public TimeSpan SettleAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest pause between two attempts while the server is away; default 1 minute.</summary>
    public TimeSpan LongestPause { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Shortest time between two checkpoints sent; default 5 minutes.</summary>
    public TimeSpan CheckpointEvery { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often all documents are counted against the ledger, and what is missing is sent again; default 1 hour.</summary>
    public TimeSpan ReconcileEvery { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Masked bodies older than this are not sent again when they are missing; the same as <c>chaperone elastic setup --content-days</c>. Default 365.</summary>
    public int ContentDays { get; set; } = 365;

    /// <summary>IANA name of the clock that working hours are told by; default <c>UTC</c>.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>First working hour, 0 to 23; default 7.</summary>
    public int WorkFrom { get; set; } = 7;

    /// <summary>Hour at which work ends, 1 to 24; default 19. Saturday and Sunday are after hours.</summary>
    public int WorkTo { get; set; } = 19;
}

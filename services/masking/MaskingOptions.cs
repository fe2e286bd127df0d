namespace Chaperone.Masking;

/// <summary>Settings under <c>Masking</c> (environment <c>CHAPERONE_Masking__...</c>).</summary>
public sealed class MaskingOptions
{
    /// <summary>Longest message that is masked, in bytes; default 16 MiB, 1 KiB to 256 MiB. A longer one is withheld.</summary>
    public int MaxBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Longest time spent on one message; default 1 s, 10 ms to 1 minute. A slower one is withheld. Keep it under <c>Bus:HotTimeout</c>.</summary>
    public TimeSpan TimeBudget { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>File with the keys of the <c>linked</c> and <c>session</c> profiles; the first line writes. Created with owner-only rights on first run, shared by all masking workers. Default <c>data/keys/masking.key</c>.</summary>
    public string KeyFile { get; set; } = Path.Combine("data", "keys", "masking.key");

    /// <summary>An operator's own model that reads free text too; off by default.</summary>
    public Deep.DeepOptions Deep { get; } = new();

    /// <summary>Hosts whose URLs stay readable because they name terminologies, not people; subdomains included.</summary>
    public string[] PublicHosts { get; set; } =
    [
        "hl7.org", "loinc.org", "snomed.info", "unitsofmeasure.org", "nlm.nih.gov", "cdc.gov", "nucc.org", "dicom.nema.org",
        "cms.gov", "nubc.org", "fda.gov", "nih.gov", "who.int", "ama-assn.org", "ncpdp.org", "x12.org", "w3.org", "json-schema.org", "schema.org", "modelcontextprotocol.io", "ihe.net", "iso.org",
    ];
}

namespace Chaperone.Eval;

/// <summary>One measured data set.</summary>
internal sealed record DataSet(string Name, string What, bool Complete, Tally Tally)
{
    /// <summary>The files of phi-data that are measured, and whether their labels name every identifier (only then is precision more than a lower bound).</summary>
    public static readonly (string Name, string What, bool Complete)[] Files =
    [
        ("asq_phi", "clinical questions", true),
        ("pii_anon_clinical_en", "clinical templates", false),
        ("pii_anon_adversarial_en", "look-alikes, zero width, encodings", false),
        ("pii_anon_formats_en", "CSV, JSON, forms", false),
        ("pii_anon_temporal_en", "logs and histories", false),
        ("pii_anon_technology_en", "configuration, code, logs", false),
        ("presidio_recognizer_tests", "single values, mostly without labels; only the entity of the case is labelled", false),
        ("presidio_research_generated_large", "international templates", true),
        ("presidio_research_generated_small", "international templates", true),
        ("hl7v2_fhir_converter", "HL7 v2 messages, labels by field", false),
        ("fhir_synthea_resources", "FHIR resources, labels by path", false),
        ("synthea_notes", "notes; names and dates labelled", false),
        ("aci_bench_names", "clinical notes; names labelled", false),
    ];
}

using Chaperone.Masking.Words;

namespace Chaperone.Masking.Detectors;

/// <summary>Names of vocabularies, standards and registers: the numbers behind them are codes of things, not of people.</summary>
internal static class CodeSystems
{
    private static readonly WordSet Names = new[]
    {
        "ICD", "ICD10", "ICD9", "LOINC", "SNOMED", "CPT", "HCPCS", "NDC", "CVX", "MVX", "CVE", "CWE", "ISO", "RFC", "COVID", "SARS", "HTTP", "UTF", "SHA", "SHA1", "SHA256", "MD5", "AES", "RSA", "OID", "GSE", "NCT",
        "CHEMBL", "HGNC", "MESH", "UMLS", "RXNORM", "RXCUI", "ATC", "DSM", "HPO", "MONDO", "OMIM", "DRG", "UNII", "PMID", "PMC", "DOI", "ISBN", "ISSN", "EC", "CAS", "UCUM", "IEEE", "ANSI", "GTIN", "UPC",
    }.ToWordSet();

    private static readonly WordSet Fillers = new[] { "code", "codes", "ct", "id", "no", "number", "rev", "commit", "build", "version", "cm", "pcs" }.ToWordSet();

    /// <summary>True for the name of a vocabulary.</summary>
    public static bool Contains(ReadOnlySpan<char> word) => Names.Contains(word);

    /// <summary>True where a vocabulary stands before word <paramref name="index"/>: <c>NDC 0002-8215-01</c>, <c>SNOMED CT code: 44054006</c>.</summary>
    public static bool Lead(TextScan scan, int index)
    {
        for (var i = index - 1; i >= Math.Max(0, index - 4) && scan.GapAfter(i) is " " or ": " or ":" or "-" or "#" or " #" or "=" or ", " or "/"; i--)
        {
            if (Contains(scan.WordText(i)))
            {
                return true;
            }

            if (!scan.Words[i].HasDigit && !Fillers.Contains(scan.WordText(i)))
            {
                return false;
            }
        }

        return false;
    }
}

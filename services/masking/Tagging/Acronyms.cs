using Chaperone.Masking.Words;

namespace Chaperone.Masking.Tagging;

/// <summary>Short forms in capitals, which are nobody and no place.</summary>
internal static class Acronyms
{
    private const int LongestUnknown = 4;

    // "a nodule in RUL": capitals that are no place although "in" stands before them.
    private static readonly WordSet Short = """
        RUL RML RLL LUL LLL RUQ LUQ RLQ LLQ RUE LUE RLE LLE ICU MICU SICU CCU NICU PICU PACU ED ER OR OBS IR EP GI GU CV CNS PNS CSF LAD RCA LCX PDA SVC IVC RA RV LA LV SMA IMA
        ATM BRCA EGFR KRAS TP53 JAK2 DNA RNA HR PR AR VUS SOB NAD PRN BID TID QID AM PM HPI ROS PMH PSH FH SH EHR EMR ECG EKG MRI CT PET US XR HTN DM CKD COPD CHF AF SR NSR
        API SQL JSON XML HTML CSV PDF UTC GMT EST PST CST MST ISO FHIR HL7 LOINC SNOMED CPT ICD JIRA CI CD UI UX DB QA PROD DEV
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToWordSet(ignoreCase: false);

    /// <summary>True for capitals that are no place although "in" stands before them: "a nodule in RUL".</summary>
    public static bool IsNoPlace(ReadOnlySpan<char> word) => Short.Contains(word);

    /// <summary>True for capitals in a text that is not written so: GERD, EMG, L4.</summary>
    public static bool Is(TextScan scan, int index)
    {
        var word = scan.Words[index];
        var text = scan.WordText(index);

        // "QTc"
        if (text.Length is 3 or 4 && char.IsUpper(text[0]) && char.IsUpper(text[1]) && char.IsLower(text[^1]))
        {
            return true;
        }

        text = text.Length > 2 && text[^1] == 's' ? text[..^1] : text;
        return word.Length <= 5 && !text.ContainsAnyInRange('a', 'z') && scan.WordText(index)[0] < 0x80
            && !(index > 0 && scan.Words[index - 1].IsUpper && scan.Words[index - 1].Length > 3) && !(index + 1 < scan.WordCount && scan.Words[index + 1].IsUpper && scan.Words[index + 1].Length > 3);
    }

    /// <summary>True for capitals joined by hyphens, of which a short one stands in no list: "DAPA-CKD".</summary>
    public static bool AreJoined(TextScan scan, int first, int last, NameModel model)
    {
        var unknown = false;
        for (var i = first; i <= last; i++)
        {
            if (!scan.Words[i].IsUpper || (i < last && scan.GapAfter(i) is not "-"))
            {
                return false;
            }

            unknown |= scan.Words[i].Length <= LongestUnknown && (model.Find(scan.WordText(i)) & (NameLists.Town | NameLists.Region | NameLists.Given | NameLists.Family)) == 0;
        }

        return last > first && unknown;
    }
}

using Chaperone.Masking.Words;

namespace Chaperone.Masking.Tagging;

/// <summary>Names that medicine gave to what they found: "Smith-Magenis syndrome", "the Chaddock reflex". They are nobody's.</summary>
internal static class Eponyms
{
    private const int MostBetween = 2;

    private static readonly WordSet Things = """
        syndrome syndromes disease diseases disorder sign signs reflex reflexes phenomenon palsy dystrophy dementia encephalopathy thyroiditis lymphoma sarcoma carcinoma tumor tumour
        anemia angina purpura arteritis granulomatosis contracture neuroma esophagus oesophagus diverticulum ulcer ulcers nodes nodules nodule lesions spots spot body bodies cell cells rods
        catheter catheterization drain wire stent pacemaker monitor protocol technique maneuver manoeuvre position procedure operation repair fundoplication osteotomy arthroplasty
        scale score scores index criteria criterion classification class grade stage questionnaire inventory equation formula rule rules fracture fractures dislocation deformity
        stain smear agar test tests tendon tube tubes gland glands canal duct ligament membrane fibers fibres virus chromosome factor antigen antibody protein method law curve regression correction theorem effect diet exercises breathing respirations ataxia chorea anomaly malformation tetralogy hernia cyst
        """.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToWordSet();

    /// <summary>True where a thing of medicine follows the words <paramref name="first"/> to <paramref name="last"/>, which are no given and family name.</summary>
    public static bool Names(TextScan scan, int first, int last)
    {
        var next = last + 1;
        if (next < scan.WordCount && scan.WordText(next) is "s" or "S" && scan.GapAfter(last) is "'")
        {
            next++;
        }

        // "Glasgow Coma Scale": a capital or two may stand between.
        var end = next + MostBetween;
        while (next < scan.WordCount && next < end && scan.GapAfter(next - 1) is " " && scan.Words[next].IsCapital && !Things.Contains(scan.WordText(next)))
        {
            next++;
        }

        if (next >= scan.WordCount || scan.GapAfter(next - 1) is not (" " or "-") || !Things.Contains(scan.WordText(next)))
        {
            return false;
        }

        return last == first || scan.GapAfter(first) is not " ";
    }
}

namespace Chaperone.Eval;

/// <summary>What masking has to reach, and on what it is measured.</summary>
internal static class Targets
{
    private static readonly PhiClass[] LabelledClasses =
        [PhiClass.Ssn, PhiClass.Mrn, PhiClass.Plan, PhiClass.Account, PhiClass.License, PhiClass.Vehicle, PhiClass.Device, PhiClass.Biometric, PhiClass.OtherId];

    private static readonly PhiClass[] BareClasses = [PhiClass.Ssn, PhiClass.Account, PhiClass.Plan, PhiClass.Email, PhiClass.Phone, PhiClass.Ip];

    private static readonly PhiClass[] RecordClasses =
        [PhiClass.Name, PhiClass.Place, PhiClass.Date, PhiClass.Phone, PhiClass.Email, PhiClass.Ssn, PhiClass.Mrn, PhiClass.Plan, PhiClass.Account, PhiClass.License, PhiClass.OtherId];

    public static IEnumerable<Target> Of(Measurement measured)
    {
        var sets = measured.Sets.ToDictionary(s => s.Name, StringComparer.Ordinal);
        var clinical = new[] { sets["asq_phi"], sets["pii_anon_clinical_en"], sets["synthea_notes"], sets["aci_bench_names"] };
        var labelled = measured.Sets.Where(s => s.Name.StartsWith("pii_anon", StringComparison.Ordinal) || s.Name == "asq_phi").ToArray();
        var international = new[] { sets["presidio_research_generated_large"], sets["presidio_research_generated_small"] };
        var bare = international.Append(sets["presidio_recognizer_tests"]).ToArray();
        var prose = labelled.Concat(bare).Append(sets["synthea_notes"]).ToArray();
        return
        [
            Target.Rate("Planted sentinels that survive", measured.PlantedSurvivors, measured.Planted, 0),
            .. LabelledClasses.Where(c => labelled.Any(s => s.Tally.Gold(c) > 0)).Select(c => Target.Recall("Labelled, data sets", c, .995, labelled)),
            .. LabelledClasses.Append(PhiClass.Phone).Select(c => Target.Recall("Labelled, own forms", c, .995, [measured.Labelled])),
            .. BareClasses.Where(c => bare.Any(s => s.Tally.Gold(c) > 0)).Select(c => Target.Recall("Unlabelled, data sets", c, .99, bare)),
            .. BareClasses.Select(c => Target.Recall("Unlabelled, own forms", c, .99, [measured.Bare])),
            Target.Recall("Running text", PhiClass.Date, .99, prose),
            Target.Recall("Own forms", PhiClass.Date, .99, [measured.Bare]),
            Target.Recall("Clinical text", PhiClass.Name, .98, clinical),
            Target.Recall("International templates", PhiClass.Name, .94, international),
            Target.Recall("Running text", PhiClass.Place, .92, prose),
            Target.Rate("Hard negatives of asq_phi with a finding", measured.Over.HardNegativesTouched, measured.Over.HardNegatives, .03),
            Target.Rate("Words of aci_bench outside names that are masked", measured.Over.TokensCovered, measured.Over.Tokens, .01),
            .. Records("HL7 v2 fields", sets["hl7v2_fhir_converter"]),
            .. Records("FHIR paths", sets["fhir_synthea_resources"]),
            Target.Rate("Codes, units and lab values of HL7 v2 and FHIR that are changed", measured.Over.LeavesChanged, measured.Over.Leaves, 0),
            Target.Rate("Own texts that must stay, with a finding", measured.Over.StayTouched, measured.Over.Stay, 0),
        ];
    }

    private static IEnumerable<Target> Records(string what, DataSet set) => RecordClasses.Where(c => set.Tally.Gold(c) > 0).Select(c => Target.Recall(what, c, 1, [set]));
}

namespace Chaperone.Eval.Forms;

/// <summary>What looks like an identifier and is none: nothing of it may be masked.</summary>
internal static class StayForms
{
    private const string Lines = """
        BP 120/80, HR 72, RR 16, SpO2 98%, temp 98.6 F
        BP 142/91 on arrival, 128/76 after rest
        pain 7/10, GCS 15/15, APGAR 8/9
        open 24/7, seen 1/2 of the time, ratio 3/4
        ICD-10 E11.9, Z79.4 and I25.10
        CPT 99213-25 and 99214
        LOINC 4548-4: 7.2 % (4.0-5.6)
        SNOMED CT 44054006
        RxNorm 860975 metformin 500 mg
        NDC 0002-8215-01
        OID 2.16.840.1.113883.6.96
        urn:oid:2.16.840.1.113883.4.1
        version 1.2.3.4 of the driver
        build v10.0.26100.2033
        Python 3.12.1 on Linux 6.1.0-18
        Hb 13.5 g/dL (12.0-15.5), WBC 7.4 x10^9/L, Plt 250
        Na 140, K 4.1, Cl 103, CO2 24, BUN 14, Cr 0.9, glucose 105
        eGFR 85 mL/min/1.73m2
        metformin 1000 mg twice daily, lisinopril 10 mg
        insulin glargine 20 units at bedtime
        amoxicillin-clavulanate 875-125 mg
        a 62-year-old man with a PSA of 4.5
        a 5-month-old infant, weight 7.2 kg
        aged 45 to 64 years
        ages 18-65
        since 2019, in 2021 and from 2015 to 2018
        page 12 of 340
        room 4, bed 2, 3 beds free
        commit 9fceb02d0ae598e95dc970b74767f19372d6ed37
        git rev 9fceb02
        sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
        HTTP 404 on port 8080, 500 errors
        file size 1,048,576 bytes (1.0 MB)
        $1,250.00 paid, 45.50 EUR due
        took 350 ms at 14:30
        at 10:15 AM and again at 22:45
        EF 55-60%, LVEF 35 %
        tumour 2.3 x 1.8 x 1.1 cm
        T2N1M0 stage IIIA
        Gleason 3+4=7
        HbA1c 7.2%
        INR 2.5 (goal 2.0-3.0)
        every 6-8 hours for 10 days
        2-3 times per week for 12 weeks
        follow up in 2 weeks
        yesterday, last week, 3 days ago
        NYHA class III, ASA 2
        MMSE 28/30, PHQ-9 score 12, GAD-7 score 8
        L4-L5 disc, C5-C6, T12
        COVID-19 and H1N1
        BRCA1 c.68_69delAG (p.Glu23ValfsTer17)
        rs429358 C/T
        CVE-2024-12345
        RFC 9728 section 3.1
        ISO 27001:2022
        HL7 v2.5.1 and FHIR R4
        NCT04368728
        row 1234567 of 9876543
        count: 1234567
        total 4,320,000 records
        error code 0x80070005
        1-2-3-4-5
        3-5-7 rule
        CD4 350 cells/mm3
        viral load 20,000 copies/mL
        BMI 31.4 kg/m2, height 170 cm
        5'10" and 180 lb
        10^5 CFU/mL
        pH 7.35, pCO2 40, pO2 95
        FEV1/FVC 0.72
        temperature: 37.2
        status: final
        type: ambulatory
        value: 135
        dose: 500 mg
        score: 42
        result: 6.5
        code: 4548-4
        name: metformin
        unit: mmol/L
        system: http://loinc.org
        http://hl7.org/fhir/StructureDefinition/Patient
        http://snomed.info/sct
        http://unitsofmeasure.org
        step 1: wash; step 2: dry
        chapter 7, figure 3.2, table 12
        SELECT count(*) FROM visits WHERE year = 2021
        latency p99 12.5 ms, 1500 rps
        0.05 mg/kg/hr
        1:1000 dilution
        grade 3/6 systolic murmur
        vision 20/20 OD, 20/40 OS
        G2P1001 at 39 weeks
        38w5d
        q8h x 5d
        1/2 NS at 75 mL/hr
        PaO2/FiO2 200
        Medicare covers 80%
        the patient was advised to call if worse
        the plan is to continue 40 mg
        record 3 episodes a day
        account for 25% of cases
        chart review of 1200 cases
        group 2 received 100 mg
        policy 7 of the board
        case 3 of 12
        order 2 tablets
        member of a group of 12
        card declined 3 times
        visit 4 of 6
        type 2 diabetes for 15 years
        phone calls took 20 minutes
        license for 500 users
        device with 3 leads
        serial 7 troponins
        social history: 20 pack-years
        employee of 12 years
        unit 4 of blood
        lot of 250 patients
        UTC+02:00
        #1 cause, #12 priority
        100,000 units
        AB 1234 is no plate without a label
        """;

    /// <summary>One record a line.</summary>
    public static IEnumerable<GoldRecord> All() =>
        Lines.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select((line, i) => new GoldRecord($"stay-{i}", line, [], IsNegative: true));
}

namespace Chaperone.Eval.Forms;

/// <summary>Numbers behind, before and beside their labels, in the ways people and systems write them. Checksums are left to chance: most are wrong.</summary>
internal static class LabelledForms
{
    private static readonly string[] Templates =
    [
        "{L}: {V}", "{L}:{V}", "{L} {V}", "{L} is {V}", "{L} was {V}.", "{L}# {V}", "{L} #{V}", "{L} #: {V}", "{L}={V}", "{L} = {V};", "{L} - {V}", "({L} {V})", "({L}: {V})", "[{L}: {V}]",
        "{L}\t{V}", "{L} | {V}", "| {L} | {V} |", "{L}:\n{V}", "**{L}:** {V}", "- **{L}**: {V}", "{V} is her {L}", "{V} ({L})", "The patient's {L} is {V}, as stated.",
        "{L} no. {V}", "{L} No: {V}", "{L} number {V}", "{L} number is {V}", "her {L} {V} was checked", "\"{L}\": \"{V}\"", "{L} on file: {V}", "{L} listed as {V}", "{L} -> {V}", "{L} (verified): {V}",
        "Please note {L} {V}.", "{L}, {V}", "with {L} of {V}", "{L}: '{V}'", "<{L}>{V}</{L}>", "{L}: {V}, status active", "using {L} {V} and nothing else",
    ];

    private static readonly (PhiClass Class, string Labels, string Values)[] Table =
    [
        (PhiClass.Ssn, "SSN|Social Security Number|social security no|SS|Soc Sec|Social|ITIN|Tax ID|TIN|ssn", "###-##-####|#########|### ## ####|9##-##-####|000-##-####"),
        (PhiClass.Mrn, "MRN|Medical Record Number|Med Rec|medical record|Chart|Chart Number|Patient ID|patient id|Hospital Number|Record Number|mrn|MR", "#######|MR-######|@#######|###-##-##|######@|@@-#####|00######"),
        (PhiClass.Plan, "Member ID|Subscriber ID|Policy Number|Policy|Insurance ID|Medicare|Medicaid ID|Health Plan ID|Group Number|MBI|Beneficiary ID|Insurance Policy|HICN|plan id|member number", "@@@#########|##########|W#########|#@@#-@#@-@@##|POL-#######|######-##"),
        (PhiClass.Account, "Account Number|Acct|Account|Bank Account|Routing Number|IBAN|Card Number|Credit Card|card|Patient Account|ABA|Invoice Number|acct no", "##########|4### #### #### ####|####-####-####|############|ACC-######"),
        (PhiClass.License, "NPI|DEA|DEA Number|License|Driver's License|Driver License Number|DL|Passport|Passport Number|Medical License|State License|license no|Certificate Number", "##########|@@#######|@#######|@########|MD-#####"),
        (PhiClass.Vehicle, "VIN|License Plate|Plate|Vehicle Identification Number|plate number|Vehicle ID|tag number", "1HGCM#####A######|@@@-####|#@@@###|@@## @@@|@@@####"),
        (PhiClass.Device, "Serial Number|Device Serial|Device ID|IMEI|UDI|Serial|S/N|Pacemaker Serial|Implant ID|Lot Number|MAC|serial no|Device Identifier", "SN-########|@@@#######|###############|########|@##-####-@"),
        (PhiClass.Biometric, "Fingerprint ID|Biometric ID|Retina Scan ID|Voiceprint ID|Face ID|fingerprint", "BIO-########|FP######|@@@@####"),
        (PhiClass.OtherId, "Encounter ID|Visit Number|CSN|Claim Number|Accession Number|Order Number|Case Number|Employee ID|Badge|Rx Number|Prescription Number|Authorization Number|Referral Number|User ID|Confirmation Number", "########|ENC-######|@@#######|####-#####"),
        (PhiClass.Phone, "Phone|Tel|Cell|Mobile|Fax|Home Phone|Contact Number|phone|Pager|Callback", "(###) ###-####|###-###-####|###.###.####|##########|+1 ### ### ####"),
    ];

    /// <summary>Every label with every template, the values going round.</summary>
    public static IEnumerable<GoldRecord> All()
    {
        foreach (var (phi, labels, values) in Table)
        {
            var patterns = values.Split('|');
            var number = 0;
            foreach (var label in labels.Split('|'))
            {
                foreach (var template in Templates)
                {
                    var value = new Pattern((uint)(((int)phi * 7919) + number)).Fill(patterns[number++ % patterns.Length]);
                    var text = template.Replace("{L}", label, StringComparison.Ordinal);
                    var start = text.IndexOf("{V}", StringComparison.Ordinal);
                    text = text.Replace("{V}", value, StringComparison.Ordinal);
                    yield return new GoldRecord($"labelled-{phi}-{number}", text, [new GoldSpan(start, start + value.Length, phi)], IsNegative: false);
                }
            }
        }
    }
}

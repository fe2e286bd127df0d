using System.Collections.Frozen;

namespace Chaperone.Policy.Sql.Bounds;

/// <summary>
/// Tells by its name whether a column of a PHI table parts people into groups (a ward, a code, a year) or names them.
/// A name that says nothing names them.
/// </summary>
internal static class ColumnWords
{
    private static readonly FrozenSet<string> Groups = Set(
        "sex gender race ethnicity ethnic language marital religion nationality state region province country city town zip zip3 postal postcode ward unit dept department service specialty specialism clinic hospital facility site location"
        + " payer payor insurer plan product program programme team shift provider physician author doctor practitioner clinician surgeon nurse attending org organization organisation practice diagnosis diagnoses dx icd icd9 icd10 cpt drg hcpcs loinc snomed"
        + " rxnorm ndc atc procedure drug medication med vaccine allergy allergen organism test lab panel modality code type status category class group kind flag level stage grade severity outcome result disposition source channel"
        + " reason priority urgency acuity triage method route form unit year month quarter week dow weekday hour decade age band bucket range tier segment cohort arm study trial smoker smoking alcohol blood active deceased"
        + " discharged admitted insured enabled deleted count total rank version currency condition problem encounter visit admission discharge measure metric system domain role purpose season day date"
        + " bmi systolic diastolic weight height temperature pulse score risk los readmission readmitted length interval bed floor building campus district county area territory zone market cost costs amount amt charge charges price payment payments fee fees balance paid billed duration minutes hours days seconds years weeks months stay quantity qty dose dosage volume index ratio rate percent pct capacity occupancy wait");

    private static readonly FrozenSet<string> People = Set(
        "patient person member subscriber beneficiary guarantor client resident customer user username login account acct ssn sin mrn mbi npi dob birth born birthday birthdate email mail phone telephone tel mobile cell fax address addr street"
        + " first last middle given family surname lastname firstname fullname maiden guardian mother father spouse relative contact emergency kin license licence passport vehicle vin plate device serial ip mac url photo image face finger"
        + " voice biometric signature note notes text comment comments narrative remark remarks free body message content summary transcript history report secret token password hash");

    private static readonly FrozenSet<string> Indexes = Set("idx index ix key pkey fkey uq uidx unique expr btree hash gin gist brin trgm fts search lookup sorted coalesce concat substr left right md5");

    // These say something of the word before them, and name people where none says otherwise.
    private static readonly FrozenSet<string> Tails = Set("id ids name no num number key identifier guid uuid label title desc description value at on time timestamp ts dt");

    /// <summary>Whether a column of this name parts people into groups.</summary>
    public static bool IsCategory(string column)
    {
        var words = Split(column);
        var last = words.Count - 1;
        if (last >= 0 && IsPrefix(words[0]) && words.Count > 1)
        {
            return true;
        }

        if (last >= 0 && words.Any(w => w is "birth" or "dob" or "born" or "birthdate" or "birthday"))
        {
            return words[last] is "year" or "month" or "decade" or "country" or "state" or "sex" or "weight" or "order";
        }

        // A table of measurements has them in a column of this name.
        if (words is ["value"])
        {
            return true;
        }

        while (last >= 0 && Tails.Contains(words[last]))
        {
            last--;
        }

        return last >= 0 && Groups.Contains(words[last]) && !(last < words.Count - 1 && IsPerson(words[last]));
    }

    /// <summary>Whether a column of this name holds numbers or words that name people, such as an account.</summary>
    public static bool IsPersonal(string column)
    {
        var words = Split(column);
        return words.Exists(People.Contains) && !IsCategory(column);
    }

    /// <summary>Whether an index may be called so: a word says that it is one, what it works out, or what of people it holds.</summary>
    public static bool IsOfIndex(string name) => Split(name).Exists(w => Indexes.Contains(w) || People.Contains(w) || w is "name" or "names" or "id" or "ids" or "age" or "upper" or "lower")
        || name.StartsWith("idx", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ix", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a column of this name holds e-mail addresses.</summary>
    public static bool IsMail(string column) => Split(column).Exists(w => w is "email" or "mail" or "emailaddress");

    private static bool IsPrefix(string word) => word is "is" or "has" or "was" or "num" or "n" or "cnt";

    // encounter_id and visit_no name one stay of one person, whereas department_id names a department.
    private static bool IsPerson(string word) => People.Contains(word) || word is "encounter" or "visit" or "admission" or "discharge" or "test" or "lab" or "result" or "age" or "zip";

    private static List<string> Split(string column)
    {
        var words = new List<string>();
        var start = 0;
        for (var at = 1; at <= column.Length; at++)
        {
            var isEnd = at == column.Length || column[at] is '_' or '-' or ' ' or '.' or '$' || (char.IsUpper(column[at]) && char.IsLower(column[at - 1]));
            if (isEnd)
            {
                if (at > start)
                {
                    words.Add(column[start..at].ToLowerInvariant());
                }

                start = at < column.Length && !char.IsLetterOrDigit(column[at]) ? at + 1 : at;
            }
        }

        return words;
    }

    private static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}

using System.Collections.Frozen;
using Chaperone.Policy.Carried;
using Chaperone.Policy.Patterns;
using Chaperone.Policy.Sql;

namespace Chaperone.Policy.Tests.Sql.Bounds;

/// <summary>The tables of the tests: patients, encounters and notes hold PHI, at most 50 rows of which may come out.</summary>
internal static class Clinic
{
    public static SqlTerms Terms(SqlDialect dialect) => new(
        dialect,
        [new CarryingArgument(new NamePattern("query"), ArgumentPath.Parse("sql")!)],
        [
            Table("patients", "patient_id", "mrn"),
            Table("encounters", "encounter_id", "patient_id"),
            Table("notes", "note_id", "patient_id"),
            Table("ehr.labs", "lab_id", "patient_id"),
            Table("v_patient*", "patient_id"),
        ],
        ["age_group"]);

    private static PhiTable Table(string name, params string[] keys) => new(new TablePattern(name))
    {
        Keys = keys.ToFrozenSet(StringComparer.Ordinal),
        Rows = 50,
    };
}

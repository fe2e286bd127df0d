using System.Collections.Frozen;
using Chaperone.Policy.Sql;

namespace Chaperone.Benchmarks.Policy;

/// <summary>A statement of about 1 KB, as an analyst writes one, and the tables it is about.</summary>
internal static class StatementCase
{
    public const string Sql =
        """
        SELECT p.patient_id, p.mrn, p.family_name, p.given_name, e.encounter_id, e.admitted_at, e.discharged_at, o.code, o.value_num, o.unit, o.taken_at, l.name AS lab_name
        FROM patients AS p
        JOIN encounters AS e ON e.patient_id = p.patient_id AND e.status <> 'cancelled'
        JOIN observations AS o ON o.encounter_id = e.encounter_id AND o.status = 'final'
        LEFT JOIN labs AS l ON l.lab_id = o.lab_id
        WHERE p.mrn IN ('MRN00000001', 'MRN00000002', 'MRN00000003', 'MRN00000004')
          AND e.admitted_at >= DATE '2025-01-01' AND e.admitted_at < DATE '2026-01-01'
          AND o.code IN ('718-7', '4548-4', '2160-0', '2345-7', '3094-0', '17861-6', '2951-2', '2823-3')
          AND (o.value_num > 1.5 OR o.value_num IS NULL OR o.flag IN ('H', 'L', 'HH', 'LL'))
          AND NOT EXISTS (SELECT 1 FROM corrections AS c WHERE c.observation_id = o.observation_id AND c.reason = 'entered in error')
          AND lower(coalesce(l.name, 'central')) LIKE 'cent%'
        ORDER BY e.admitted_at DESC, o.taken_at DESC, o.code ASC
        LIMIT 50 OFFSET 0
        """;

    public static SqlTerms Terms { get; } = new(SqlDialect.PostgreSql, [], [Table("patients", "patient_id", "mrn"), Table("encounters", "encounter_id", "patient_id"), Table("observations", "observation_id")], []);

    private static PhiTable Table(string name, params string[] keys) => new(new TablePattern(name)) { Keys = keys.ToFrozenSet(StringComparer.Ordinal), Rows = 50 };
}

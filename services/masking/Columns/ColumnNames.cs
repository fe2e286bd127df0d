using Chaperone.Masking.Keys;
using Chaperone.Masking.Words;

namespace Chaperone.Masking.Columns;

/// <summary>Names of columns that say plainly what stands in them, so that nobody's name does: departments, drugs, tests.</summary>
internal static class ColumnNames
{
    private static readonly WordSet Words = """
        department, dept, ward, unit, units, room, floor, clinic, service, specialty, speciality, division, drug, drugs, medication, medications, medicine, meds, med, prescription,
        diagnosis, diagnoses, dx, condition, conditions, problem, problems, symptom, symptoms, complaint, complaints, disease, comorbidity, comorbidities, history, indication,
        allergy, allergies, allergen, reaction, reactions, severity, test, tests, lab, labs, analyte, panel, procedure, procedures, vaccine, vaccines, immunization, code, codes, coding,
        status, type, types, category, categories, class, kind, state, region, country, language, languages, role, roles, title, result, unit, route, form, frequency, dose, dosage, strength,
        method, specimen, organism, pathogen, antibiotic, antibiotics, color, colour, flag, flags, interpretation, file, files, filename, path, table, tables, column, columns, schema, database,
        tool, tools, event, action, actions, model, version, currency, species, gene, genes, tag, tags, priority, stage, grade, outcome, disposition, modality, site, topic, topics,
        product, products, brand, generic, manufacturer, vendor, ingredient, ingredients, substance, display, description, system, format, mime, level, group, section, finding, findings, device, devices,
        equipment, instrument, organ, tissue, anatomy, scope, scopes, permission, permissions, features, feature, capability, keyword, keywords, query, sql, statement, operation, error, errors, message,
        function, module, package, project, branch, license, platform, os, browser, timezone, day, weekday, month, season, occupation, job, industry, degree, major, education, position, sport, food, diet,
        enum, required, items, options, choices, meaning, term, terms, concept, mechanism, protocol, regimen, therapy, therapies, treatment, treatments, intervention, interventions, risk, risks, measure, metric
        """.Split([',', '\n', '\r'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToWordSet(ignoreCase: false);

    /// <summary>True where a word of <paramref name="key"/> says what stands below it.</summary>
    public static bool SayWhat(ReadOnlySpan<char> key)
    {
        Span<char> buffer = stackalloc char[KeyWords.Room];
        ReadOnlySpan<char> words = KeyWords.Normalise(key, buffer);
        foreach (var word in words.Split(' '))
        {
            if (Words.Contains(words[word]))
            {
                return true;
            }
        }

        return false;
    }
}

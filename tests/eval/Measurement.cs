using Chaperone.Eval.Forms;
using Chaperone.Masking;

namespace Chaperone.Eval;

/// <summary>Runs the engine over all data sets and forms.</summary>
internal sealed class Measurement(string data, Half half, Action<string, GoldRecord, GoldSpan> leaked, Action<string, GoldRecord, TextFinding> unlabelled)
{
    private readonly Masker _masker = new(new MaskingOptions { MaxBytes = 256 * 1024 * 1024, TimeBudget = TimeSpan.FromMinutes(1) }, TimeProvider.System);

    public List<DataSet> Sets { get; } = [];

    public DataSet Labelled { get; } = new("own labelled forms", "every label in every template, checksums by chance", true, new Tally());

    public DataSet Bare { get; } = new("own bare forms", "identifiers without a label, disguised", true, new Tally());

    public OverMasking Over { get; } = new();

    public int Planted { get; private set; }

    public int PlantedSurvivors { get; private set; }

    public void Run()
    {
        foreach (var (name, what, complete) in DataSet.Files)
        {
            var set = new DataSet(name, what, complete, new Tally());
            Sets.Add(set);
            foreach (var record in GoldRecord.Read(Path.Combine(data, name + ".jsonl")).Where(r => r.IsIn(half)))
            {
                Measure(set, record);
            }
        }

        Measure(Labelled, LabelledForms.All());
        Measure(Bare, BareForms.All());
        foreach (var record in StayForms.All())
        {
            var findings = Scan(record.Text).Findings;
            Over.Stay++;
            Over.StayTouched += findings.Count > 0 ? 1 : 0;
            Show("own stay forms", record, findings);
        }

        foreach (var (text, sentinel) in PlantedFields.All())
        {
            Planted++;
            if (Scan(text).Masked.Contains(sentinel, StringComparison.OrdinalIgnoreCase))
            {
                PlantedSurvivors++;
                var start = text.IndexOf(sentinel, StringComparison.Ordinal);
                leaked("planted", new GoldRecord("planted", text, [], IsNegative: false), new GoldSpan(start, start + sentinel.Length, PhiClass.OtherId));
            }
        }
    }

    private void Measure(DataSet set, IEnumerable<GoldRecord> records)
    {
        foreach (var record in records)
        {
            Measure(set, record);
        }
    }

    private void Measure(DataSet set, GoldRecord record)
    {
        var findings = Scan(record.Text).Findings;
        foreach (var leak in set.Tally.Add(record, findings))
        {
            leaked(set.Name, record, leak);
        }

        var coverage = new Coverage(record.Text, findings);
        switch (set.Name)
        {
            case "asq_phi" when record.IsNegative:
                Over.HardNegatives++;
                Over.HardNegativesTouched += findings.Any(f => !OverMasking.IsIdentifier(record.Text[f.Start..f.End])) ? 1 : 0;
                break;
            case "aci_bench_names":
                Over.AddTokens(record, coverage);
                break;
            case "hl7v2_fhir_converter" or "fhir_synthea_resources":
                foreach (var (start, end) in StructureLeaves.Of(record.Text).Where(leaf => !record.Spans.Any(s => s.Start < leaf.End && leaf.Start < s.End)))
                {
                    Over.Leaves++;
                    if (coverage.Touches(start, end))
                    {
                        Over.LeavesChanged++;
                        unlabelled("leaf " + set.Name, record, new TextFinding(start, end, "LEAF", 1));
                    }
                }

                break;
        }

        Show(set.Name, record, findings);
    }

    private void Show(string set, GoldRecord record, IReadOnlyList<TextFinding> findings)
    {
        foreach (var finding in findings.Where(f => !record.Spans.Any(s => s.Start < f.End && f.Start < s.End)))
        {
            unlabelled(set, record, finding);
        }
    }

    private ScannedText Scan(string text)
    {
        var scanned = _masker.Scan(text);
        return scanned.Reason == WithheldReason.None ? scanned : throw new InvalidDataException($"A text of {text.Length} characters was withheld: {scanned.Reason}.");
    }
}

using Chaperone.Masking;

namespace Chaperone.Eval;

/// <summary>Recall and precision of one data set by class.</summary>
internal sealed class Tally
{
    private readonly int[] _gold = new int[Enum.GetValues<PhiClass>().Length];
    private readonly int[] _found = new int[Enum.GetValues<PhiClass>().Length];
    private readonly int[] _leaking = new int[Enum.GetValues<PhiClass>().Length];
    private readonly int[] _findings = new int[Enum.GetValues<PhiClass>().Length];
    private readonly int[] _touching = new int[Enum.GetValues<PhiClass>().Length];

    /// <summary>Records measured.</summary>
    public int Documents { get; private set; }

    /// <summary>Records with at least one identifier of the 18 classes, or a secret, that is not covered.</summary>
    public int Leaking { get; private set; }

    public int Gold(PhiClass phi) => _gold[(int)phi];

    public int Found(PhiClass phi) => _found[(int)phi];

    public int LeakingOf(PhiClass phi) => _leaking[(int)phi];

    public double Recall(PhiClass phi) => (double)Found(phi) / Gold(phi);

    /// <summary>Share of the findings of a class that touch a labelled span of any class; NaN without findings.</summary>
    public double Precision(PhiClass phi) => (double)_touching[(int)phi] / _findings[(int)phi];

    /// <summary>Counts one record; answers the spans that leak.</summary>
    public List<GoldSpan> Add(GoldRecord record, IReadOnlyList<TextFinding> findings)
    {
        Documents++;
        var coverage = new Coverage(record.Text, findings);
        var leaks = new List<GoldSpan>();
        foreach (var span in record.Spans.Where(s => s.Class != PhiClass.LeftOut))
        {
            _gold[(int)span.Class]++;
            if (coverage.Covers(span.Start, span.End))
            {
                _found[(int)span.Class]++;
            }
            else
            {
                leaks.Add(span);
            }
        }

        foreach (var phi in leaks.Select(l => l.Class).Distinct())
        {
            _leaking[(int)phi]++;
        }

        Leaking += leaks.Any(l => l.Class is not (PhiClass.Foreign or PhiClass.Organization)) ? 1 : 0;
        foreach (var finding in findings)
        {
            var phi = PhiClasses.OfType(finding.Type);
            _findings[(int)phi]++;
            _touching[(int)phi] += record.Spans.Any(s => s.Start < finding.End && finding.Start < s.End) ? 1 : 0;
        }

        return leaks;
    }

    /// <summary>Adds the counts of another data set.</summary>
    public void Add(Tally other)
    {
        Documents += other.Documents;
        Leaking += other.Leaking;
        foreach (var i in Enum.GetValues<PhiClass>().Select(phi => (int)phi))
        {
            _gold[i] += other._gold[i];
            _found[i] += other._found[i];
            _leaking[i] += other._leaking[i];
            _findings[i] += other._findings[i];
            _touching[i] += other._touching[i];
        }
    }
}

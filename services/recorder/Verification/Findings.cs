namespace Chaperone.Recorder.Verification;

/// <summary>Collects findings, one a place: the first check that fails says best what is wrong there.</summary>
internal sealed class Findings
{
    private readonly HashSet<string> _places = new(StringComparer.Ordinal);
    private readonly List<Finding> _all = [];

    public IReadOnlyList<Finding> All => _all;

    public void Add(string place, string detail)
    {
        if (_all.Count < StoreReport.MostFindings && _places.Add(place))
        {
            _all.Add(new Finding(place, detail));
        }
    }
}
